//! An edge workload: picks the region nearest to whoever asks, by two header fields, and answers with a redirect's
//! target. Small, so that its start is most of what it costs.
wit_bindgen::generate!({ path: "../target/wit", world: "web", generate_all });

#[path = "../../http.rs"]
mod http;

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{IncomingRequest, ResponseOutparam};

/// Name, latitude, longitude.
const REGIONS: [(&str, i32, i32); 6] =
    [("fra", 50, 8), ("iad", 39, -77), ("gru", -23, -46), ("bom", 19, 72), ("nrt", 35, 140), ("syd", -33, 151)];

struct Edge;
export!(Edge);

impl Guest for Edge {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let (latitude, longitude) = (degrees(&request, "x-latitude"), degrees(&request, "x-longitude"));
        let nearest = REGIONS.iter().min_by_key(|(_, north, east)| {
            let around = (east - longitude).rem_euclid(360);
            (north - latitude).pow(2) + around.min(360 - around).pow(2)
        });
        http::send(out, 200, "text/plain", nearest.map_or("", |region| region.0).as_bytes());
    }
}

/// What a header field says, 0 unless it is there.
fn degrees(request: &IncomingRequest, field: &str) -> i32 {
    let values = request.headers().get(field);
    let text = values.first().and_then(|bytes| core::str::from_utf8(bytes).ok());
    text.and_then(|text| text.parse().ok()).map_or(0, |degrees: i32| degrees.clamp(-180, 180))
}
