//! Tells what it is configured with.

wit_bindgen::generate!({
    path: ["../../main/resources/wit/config.wit", "../../main/resources/wit/secrets.wit"],
    inline: "
        package test:config;
        world guest {
            import wasi:config/store@0.2.0-rc.1;
            import wasmcloud:secrets/store@2.1.0;
            import wasmcloud:secrets/reveal@2.1.0;
            export get: func(key: string) -> result<option<string>, string>;
            export get-all: func() -> result<list<tuple<string, string>>, string>;
            /// Looks it up so many times before it reveals it.
            export reveal: async func(key: string, times: u32) -> result<list<u8>, string>;
            /// Gets a key again and again until its value is another one.
            export watch: func(key: string) -> option<string>;
        }",
    generate_all,
});

use wasi::config::store as config;
use wasmcloud::secrets::{reveal, store as secrets};

struct Component;

impl Guest for Component {
    fn get(key: String) -> Result<Option<String>, String> {
        config::get(&key).map_err(|e| e.to_string())
    }

    fn get_all() -> Result<Vec<(String, String)>, String> {
        config::get_all().map_err(|e| e.to_string())
    }

    async fn reveal(key: String, times: u32) -> Result<Vec<u8>, String> {
        let mut found = Vec::new();
        for _ in 0..times {
            found.push(secrets::get(key.clone()).await.map_err(|e| format!("{e:?}"))?);
        }
        match reveal::reveal(found.last().unwrap()).await {
            secrets::SecretValue::String(text) => Ok(text.into_bytes()),
            secrets::SecretValue::Bytes(bytes) => Ok(bytes),
        }
    }

    fn watch(key: String) -> Option<String> {
        let first = config::get(&key).ok().flatten();
        loop {
            let now = config::get(&key).ok().flatten();
            if now != first {
                return now;
            }
        }
    }
}

export!(Component);
