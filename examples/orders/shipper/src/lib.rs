//! Packs and ships the orders that come in as messages.
wit_bindgen::generate!({ path: "../wit", world: "shipper", generate_all });

use exports::wasmcloud::messaging::handler::{BrokerMessage, Guest};
use order::{Order, State};
use std::time::Duration;
use wasi::keyvalue::store::{self, Bucket};
use wasi::logging::logging::{log, Level};

struct Shipper;
export!(Shipper);

impl Guest for Shipper {
    /// An error has the message delivered again, so an order is shipped once, however often it comes.
    fn handle_message(message: BrokerMessage) -> Result<(), String> {
        let id = std::str::from_utf8(&message.body)
            .ok()
            .and_then(|text| text.parse().ok())
            .ok_or("the message is no order's number")?;
        let bucket = store::open("orders").map_err(text)?;
        let Some(mut order) = read(&bucket, id)? else {
            return Err(format!("there is no order {id}"));
        };
        if order.state != State::Accepted && order.state != State::Packing {
            return Ok(());
        }
        let packing = format!("packing {} × {}", order.quantity, order.item);
        step(&bucket, &mut order, State::Packing, &packing)?;
        std::thread::sleep(packing_time());
        step(&bucket, &mut order, State::Shipped, "shipped")
    }
}

fn step(bucket: &Bucket, order: &mut Order, state: State, what: &str) -> Result<(), String> {
    order.state = state;
    order.note("shipper", what);
    log(Level::Info, "", &format!("order {}: {what}", order.id));
    bucket.set(&Order::key(order.id), &order.to_bytes()).map_err(text)
}

fn read(bucket: &Bucket, id: u64) -> Result<Option<Order>, String> {
    let kept = bucket.get(&Order::key(id)).map_err(text)?;
    kept.map(|bytes| Order::from_bytes(&bytes)).transpose()
}

/// The setting `packing-ms`; none packs at once.
fn packing_time() -> Duration {
    let setting = wasi::config::store::get("packing-ms").ok().flatten();
    Duration::from_millis(setting.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn text(error: store::Error) -> String {
    match error {
        store::Error::NoSuchStore => "there is no bucket orders".into(),
        store::Error::AccessDenied => "the bucket orders is not this workload's".into(),
        store::Error::Other(why) => why,
    }
}
