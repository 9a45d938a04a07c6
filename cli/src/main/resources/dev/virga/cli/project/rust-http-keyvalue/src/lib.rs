wit_bindgen::generate!({ path: "wit", world: "app", generate_all });

mod http;

use exports::wasi::http::incoming_handler::Guest;
use wasi::http::types::{IncomingRequest, Method, ResponseOutparam};
use wasi::keyvalue::store::{self, Error};

struct App;
export!(App);

impl Guest for App {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let (status, body) = answer(&request).unwrap_or_else(|why| (500, format!("{why}\n").into_bytes()));
        http::respond(out, status, &body);
    }
}

/// The path is the key.
fn answer(request: &IncomingRequest) -> Result<(u16, Vec<u8>), String> {
    let path = request.path_with_query().unwrap_or_default();
    let key = path.split('?').next().unwrap_or_default().trim_start_matches('/');
    if key.is_empty() {
        return Ok((200, b"PUT or GET a value at /KEY\n".to_vec()));
    }
    let bucket = store::open("default").map_err(text)?;
    match request.method() {
        Method::Get => Ok(match bucket.get(key).map_err(text)? {
            Some(value) => (200, value),
            None => (404, b"no such key\n".to_vec()),
        }),
        Method::Put => {
            let Some(value) = http::body(request, 64 * 1024) else {
                return Ok((413, b"at most 64 KiB\n".to_vec()));
            };
            bucket.set(key, &value).map_err(text)?;
            Ok((204, Vec::new()))
        }
        Method::Delete => {
            bucket.delete(key).map_err(text)?;
            Ok((204, Vec::new()))
        }
        _ => Ok((405, b"GET, PUT or DELETE\n".to_vec())),
    }
}

fn text(error: Error) -> String {
    match error {
        Error::NoSuchStore => "there is no such bucket".into(),
        Error::AccessDenied => "the workload may not open this bucket".into(),
        Error::Other(why) => why,
    }
}
