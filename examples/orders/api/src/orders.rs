//! Places orders and finds them.
use crate::http::Failure;
use crate::virga::orders::policy::{self, Decision};
use crate::wasi::keyvalue::{atomics, batch, store};
use crate::wasi::logging::logging::{log, Level};
use crate::wasmcloud::messaging::consumer;
use crate::wasmcloud::messaging::types::BrokerMessage;
use order::{Order, State};
use serde::Deserialize;

/// The key of the last order's number.
const LAST: &str = "last";
const SHOWN: u64 = 20;
const MOST_NAME: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    item: String,
    quantity: u32,
    price: u32,
}

/// Keeps the order, and has it shipped if the policy takes it.
pub fn place(body: &[u8]) -> Result<Vec<u8>, Failure> {
    let wanted: Wanted = serde_json::from_slice(body).map_err(|e| Failure(400, format!("the order: {e}")))?;
    let item = wanted.item.trim();
    if item.is_empty() || item.len() > MOST_NAME || wanted.quantity == 0 {
        return Err(Failure(400, format!("an order has an item of 1 to {MOST_NAME} bytes, and a quantity from 1")));
    }
    let bucket = bucket()?;
    let id = atomics::increment(&bucket, LAST, 1).map_err(broken)?;
    let mut order = Order {
        id,
        item: item.into(),
        quantity: wanted.quantity,
        amount: u64::from(wanted.quantity) * u64::from(wanted.price),
        state: State::Refused,
        history: Vec::new(),
    };
    order.note("api", "received");
    match decide(&order) {
        Decision::Accepted(why) => {
            order.state = State::Accepted;
            order.note("policy", why);
        }
        Decision::Refused(why) => order.note("policy", why),
    }
    bucket.set(&Order::key(id), &order.to_bytes()).map_err(broken)?;
    if order.state == State::Accepted {
        // The number is enough: whoever ships it reads the order.
        let message = BrokerMessage { subject: "orders.accepted".into(), body: id.to_string().into(), reply_to: None };
        consumer::publish(&message).map_err(|e| Failure(503, format!("order {id} is kept, but not sent on: {e}")))?;
    }
    log(Level::Info, "", &format!("order {id}: {} × {item}", order.quantity));
    Ok(order.to_bytes())
}

fn decide(order: &Order) -> Decision {
    policy::decide(&policy::Order { item: order.item.clone(), quantity: order.quantity, amount: order.amount })
}

pub fn get(id: &str) -> Result<Vec<u8>, Failure> {
    let missing = || Failure(404, format!("there is no order {id}"));
    let id: u64 = id.parse().map_err(|_| missing())?;
    bucket()?.get(&Order::key(id)).map_err(broken)?.ok_or_else(missing)
}

/// As a JSON array.
pub fn latest() -> Result<Vec<u8>, Failure> {
    let bucket = bucket()?;
    let last = atomics::increment(&bucket, LAST, 0).map_err(broken)?;
    let keys: Vec<String> = (last.saturating_sub(SHOWN) + 1..=last).rev().map(Order::key).collect();
    let found = batch::get_many(&bucket, &keys).map_err(broken)?;
    let kept: Vec<Vec<u8>> = found.into_iter().flatten().map(|(_, order)| order).collect();
    Ok([b"[".as_slice(), &kept.join(b",".as_slice()), b"]"].concat())
}

fn bucket() -> Result<store::Bucket, Failure> {
    store::open("orders").map_err(broken)
}

fn broken(error: store::Error) -> Failure {
    let why = match error {
        store::Error::NoSuchStore => "there is no bucket orders".into(),
        store::Error::AccessDenied => "the bucket orders is not this workload's".into(),
        store::Error::Other(why) => why,
    };
    log(Level::Error, "", &why);
    Failure(503, why)
}
