//! Sends what a test tells it to send, and handles messages as their bodies say.

wit_bindgen::generate!({
    path: ["../../../main/resources/wit/wasmcloud-messaging.wit"],
    inline: "
        package test:guest;
        world guest {
            import wasmcloud:messaging/consumer@0.2.0;
            export wasmcloud:messaging/handler@0.2.0;
            export publish: func(subject: string, body: list<u8>, reply-to: option<string>) -> result<_, string>;
            export request: func(subject: string, body: list<u8>, timeout-ms: u32) -> result<list<u8>, string>;
        }
    ",
    generate_all,
});

use exports::wasmcloud::messaging::handler;
use wasmcloud::messaging::consumer;
use wasmcloud::messaging::types::BrokerMessage;

struct Component;

impl Guest for Component {
    fn publish(subject: String, body: Vec<u8>, reply_to: Option<String>) -> Result<(), String> {
        consumer::publish(&BrokerMessage { subject, body, reply_to })
    }

    fn request(subject: String, body: Vec<u8>, timeout_ms: u32) -> Result<Vec<u8>, String> {
        consumer::request(&subject, &body, timeout_ms).map(|reply| reply.body)
    }
}

impl handler::Guest for Component {
    /// `fail` fails, `trap` traps, `spin` never ends, `silent` is not answered; all else is answered in capitals,
    /// to the subject `heard` where nobody waits for an answer.
    fn handle_message(message: BrokerMessage) -> Result<(), String> {
        match message.body.as_slice() {
            b"fail" => Err("told to fail".into()),
            b"trap" => panic!("told to trap"),
            b"spin" => loop {
                std::hint::black_box(());
            },
            b"silent" => Ok(()),
            body => consumer::publish(&BrokerMessage {
                subject: message.reply_to.unwrap_or_else(|| "heard".into()),
                body: body.to_ascii_uppercase(),
                reply_to: None,
            }),
        }
    }
}

export!(Component);
