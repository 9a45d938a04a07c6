//! Logs what it is told to.

wit_bindgen::generate!({
    path: "../../main/resources/wit",
    inline: "
        package test:logging;
        world guest {
            use wasi:logging/logging@0.1.0-draft.{level};
            import wasi:logging/logging@0.1.0-draft;
            /// Logs the same so many times.
            export log: func(times: u32, level: level, context: string, message: string);
        }",
    generate_all,
});

struct Component;

impl Guest for Component {
    fn log(times: u32, level: Level, context: String, message: String) {
        for _ in 0..times {
            wasi::logging::logging::log(level, &context, &message);
        }
    }
}

export!(Component);
