//! Counts as often as it is told.

wit_bindgen::generate!({
    path: "../../main/resources/wit",
    inline: "
        package test:counter;
        world guest {
            import example:counter/counter@0.1.0;
            export count: func(name: string, times: u32) -> result<u64, string>;
        }",
    generate_all,
});

struct Component;

impl Guest for Component {
    fn count(name: String, times: u32) -> Result<u64, String> {
        let mut last = 0;
        for _ in 0..times {
            last = example::counter::counter::increment(&name)?;
        }
        Ok(last)
    }
}

export!(Component);
