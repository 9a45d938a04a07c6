//! Sends what a test tells it to send, and answers messages.

wit_bindgen::generate!({
    path: ["../../../main/resources/wit/wasi-messaging.wit"],
    inline: "
        package test:guest;
        world guest {
            import wasi:messaging/producer@0.2.0-draft;
            import wasi:messaging/request-reply@0.2.0-draft;
            export wasi:messaging/incoming-handler@0.2.0-draft;
            export send: func(topic: string, data: list<u8>, headers: list<tuple<string, string>>) -> result<_, string>;
            export request: func(topic: string, data: list<u8>, timeout-ms: option<u32>, replies: u32)
                -> result<list<list<u8>>, string>;
            export hoard: func(messages: u32, bytes: u32);
            export disconnected: func() -> result<_, string>;
        }
    ",
    generate_all,
});

use exports::wasi::messaging::incoming_handler;
use wasi::messaging::producer;
use wasi::messaging::request_reply::{self, RequestOptions};
use wasi::messaging::types::{Client, Error, Message, MetadataError};

struct Component;

fn text(error: Error) -> String {
    match error {
        Error::Timeout => "timeout".into(),
        Error::Connection(why) => format!("connection: {why}"),
        Error::PermissionDenied(why) => format!("permission denied: {why}"),
        Error::Other(why) => format!("other: {why}"),
    }
}

impl Guest for Component {
    fn send(topic: String, data: Vec<u8>, headers: Vec<(String, String)>) -> Result<(), String> {
        let client = Client::connect("any").map_err(text)?;
        let message = Message::new(&data);
        message.set_metadata(&headers).map_err(|error| match error {
            MetadataError::NotSupported => "not supported".to_string(),
            MetadataError::Invalid(why) => why.unwrap_or_default(),
        })?;
        producer::send(&client, &topic, message).map_err(text)
    }

    fn request(topic: String, data: Vec<u8>, timeout_ms: Option<u32>, replies: u32) -> Result<Vec<Vec<u8>>, String> {
        let client = Client::connect("any").map_err(text)?;
        let options = RequestOptions::new();
        options.set_expected_replies(replies);
        if let Some(timeout) = timeout_ms {
            options.set_timeout_ms(timeout);
        }
        let message = Message::new(&data);
        let replies = request_reply::request(&client, &topic, &message, Some(options)).map_err(text)?;
        Ok(replies.iter().map(Message::data).collect())
    }

    /// Has that many messages at a time.
    fn hoard(messages: u32, bytes: u32) {
        let data = vec![7; bytes as usize];
        let all: Vec<Message> = (0..messages).map(|_| Message::new(&data)).collect();
        assert_eq!(all.len(), messages as usize);
    }

    fn disconnected() -> Result<(), String> {
        let client = Client::connect("any").map_err(text)?;
        client.disconnect().map_err(text)?;
        producer::send(&client, "a", Message::new(b"x")).map_err(text)
    }
}

impl incoming_handler::Guest for Component {
    /// `fail` fails; all else is answered with its topic, its content, its content type and its headers.
    fn handle(message: Message) -> Result<(), Error> {
        let data = message.data();
        if data == b"fail" {
            return Err(Error::Other("told to fail".into()));
        }
        let mut headers = message.metadata().unwrap_or_default();
        headers.sort();
        let answer = Message::new(
            format!("{:?} {} {headers:?}", message.topic(), String::from_utf8_lossy(&data)).as_bytes(),
        );
        request_reply::reply(&message, answer)
    }
}

export!(Component);
