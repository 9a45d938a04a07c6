//! The orders' HTTP API, and the page that uses it.
//!
//!     GET  /              the page
//!     GET  /orders        the last orders, the newest first
//!     GET  /orders/ID     one of them
//!     POST /orders        {"item": "tea", "quantity": 2, "price": 450}, the price in cents
wit_bindgen::generate!({ path: "../wit", world: "api", generate_all });

mod http;
mod orders;

use exports::wasi::http::incoming_handler::Guest;
use http::Reply;
use wasi::http::types::{IncomingRequest, Method, ResponseOutparam};

const PAGE: &str = include_str!("../../web/index.html");

struct Api;
export!(Api);

impl Guest for Api {
    fn handle(request: IncomingRequest, out: ResponseOutparam) {
        let target = request.path_with_query().unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default();
        let reply = match (request.method(), path, path.strip_prefix("/orders/")) {
            (Method::Get, "/", _) => Reply::page(PAGE),
            (Method::Get, "/orders", _) => Reply::of(200, orders::latest()),
            (Method::Post, "/orders", _) => Reply::of(201, http::body(&request).and_then(|body| orders::place(&body))),
            (Method::Get, _, Some(id)) => Reply::of(200, orders::get(id)),
            (_, "/" | "/orders", _) | (_, _, Some(_)) => Reply::error(405, "this path takes no such method"),
            _ => Reply::error(404, "no such path; try /, /orders, /orders/1"),
        };
        reply.send(out);
    }
}
