//! A queue's consumer: reads a value, waits a millisecond as for another system, writes the value, counts, answers.
wit_bindgen::generate!({ path: "../target/wit", world: "consumer", generate_all });

use exports::wasmcloud::messaging::handler::Guest;
use std::time::Duration;
use wasi::keyvalue::{atomics, store};
use wasmcloud::messaging::{consumer, types::BrokerMessage};

const WAIT: Duration = Duration::from_millis(1);

struct Queue;
export!(Queue);

impl Guest for Queue {
    fn handle_message(message: BrokerMessage) -> Result<(), String> {
        let bucket = store::open("benchmark").map_err(text)?;
        let last = bucket.get("last").map_err(text)?.unwrap_or_default();
        std::thread::sleep(WAIT);
        bucket.set("last", &message.body).map_err(text)?;
        let count = atomics::increment(&bucket, "count", 1).map_err(text)?;
        match message.reply_to {
            None => Ok(()),
            Some(subject) => {
                let body = format!("{{\"count\":{count},\"before\":{}}}", last.len()).into_bytes();
                consumer::publish(&BrokerMessage { subject, body, reply_to: None })
            }
        }
    }
}

fn text(error: store::Error) -> String {
    match error {
        store::Error::NoSuchStore => "there is no bucket benchmark".into(),
        store::Error::AccessDenied => "the bucket benchmark is not this workload's".into(),
        store::Error::Other(why) => why,
    }
}
