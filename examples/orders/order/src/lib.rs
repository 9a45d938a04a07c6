//! An order as it is kept and shown: JSON under its number in the bucket `orders`.
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Order {
    pub id: u64,
    pub item: String,
    pub quantity: u32,
    /// Of all of it, in cents.
    pub amount: u64,
    pub state: State,
    pub history: Vec<Event>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Accepted,
    Refused,
    Packing,
    Shipped,
}

/// What a component did.
#[derive(Serialize, Deserialize)]
pub struct Event {
    /// Milliseconds since 1970.
    pub at: u64,
    pub component: String,
    pub text: String,
}

impl Order {
    /// The key that it is kept under.
    pub fn key(id: u64) -> String {
        format!("order-{id}")
    }

    pub fn note(&mut self, component: &str, text: impl Into<String>) {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        self.history.push(Event {
            at: now.as_millis() as u64,
            component: component.into(),
            text: text.into(),
        });
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an order is always JSON")
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Order, String> {
        serde_json::from_slice(bytes).map_err(|e| e.to_string())
    }
}
