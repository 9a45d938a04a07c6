wit_bindgen::generate!({
    path: ["../target/wit/io.wit", "../target/wit/blobstore.wit", "wit"],
    world: "virga:blobs/blobs",
    generate_all,
});

use wasi::blobstore::blobstore::{self, ObjectId};
use wasi::blobstore::container::Container;
use wasi::blobstore::types::{IncomingValue, OutgoingValue};
use wasi::io::streams::{InputStream, OutputStream, StreamError};

struct Blobs;
export!(Blobs);

fn open(container: &str) -> Result<Container, String> {
    blobstore::get_container(container)
}

fn told(error: StreamError) -> String {
    match error {
        StreamError::Closed => "closed".to_string(),
        StreamError::LastOperationFailed(e) => e.to_debug_string(),
    }
}

fn write(stream: &OutputStream, bytes: &[u8]) -> Result<(), String> {
    for chunk in bytes.chunks(4096) {
        stream.blocking_write_and_flush(chunk).map_err(told)?;
    }
    Ok(())
}

fn read(stream: &InputStream, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    while (bytes.len() as u64) < most {
        match stream.blocking_read(most - bytes.len() as u64) {
            Ok(more) => bytes.extend(more),
            Err(StreamError::Closed) => break,
            Err(e) => return Err(told(e)),
        }
    }
    Ok(bytes)
}

fn id(container: String, object: String) -> ObjectId {
    ObjectId { container, object }
}

fn hold<T>(count: u32, open: impl Fn() -> Result<T, String>) -> Result<(), String> {
    (0..count).map(|_| open()).collect::<Result<Vec<_>, _>>().map(|_| ())
}

impl Guest for Blobs {
    fn create(container: String) -> Result<String, String> {
        blobstore::create_container(&container)?.name()
    }

    fn exists(container: String) -> Result<bool, String> {
        blobstore::container_exists(&container)
    }

    fn info(container: String) -> Result<(String, u64), String> {
        let info = open(&container)?.info()?;
        Ok((info.name, info.created_at))
    }

    fn remove(container: String) -> Result<(), String> {
        blobstore::delete_container(&container)
    }

    fn clear(container: String) -> Result<(), String> {
        open(&container)?.clear()
    }

    fn put(container: String, object: String, bytes: Vec<u8>) -> Result<(), String> {
        let value = OutgoingValue::new_outgoing_value();
        open(&container)?.write_data(&object, &value)?;
        let body = value.outgoing_value_write_body().map_err(|_| "no body")?;
        write(&body, &bytes)?;
        drop(body);
        OutgoingValue::finish(value)
    }

    fn put_late(container: String, object: String, bytes: Vec<u8>) -> Result<(), String> {
        let value = OutgoingValue::new_outgoing_value();
        let body = value.outgoing_value_write_body().map_err(|_| "no body")?;
        write(&body, &bytes)?;
        drop(body);
        open(&container)?.write_data(&object, &value)?;
        OutgoingValue::finish(value)
    }

    fn put_open(container: String, object: String, bytes: Vec<u8>) -> Result<(), String> {
        let value = OutgoingValue::new_outgoing_value();
        let body = value.outgoing_value_write_body().map_err(|_| "no body")?;
        open(&container)?.write_data(&object, &value)?;
        write(&body, &bytes)?;
        OutgoingValue::finish(value)?;
        match write(&body, b"more") {
            Err(e) if e == "closed" => Ok(()),
            other => Err(format!("a write after the end: {other:?}")),
        }
    }

    fn put_zeroes(container: String, object: String, size: u64) -> Result<(), String> {
        let value = OutgoingValue::new_outgoing_value();
        open(&container)?.write_data(&object, &value)?;
        let body = value.outgoing_value_write_body().map_err(|_| "no body")?;
        let mut left = size;
        while left > 0 {
            body.subscribe().block();
            let count = left.min(body.check_write().map_err(told)?);
            body.write_zeroes(count).map_err(told)?;
            left -= count;
        }
        body.blocking_flush().map_err(told)?;
        drop(body);
        OutgoingValue::finish(value)
    }

    fn abandon(container: String, object: String, bytes: Vec<u8>) -> Result<bool, String> {
        let container = open(&container)?;
        let value = OutgoingValue::new_outgoing_value();
        container.write_data(&object, &value)?;
        let body = value.outgoing_value_write_body().map_err(|_| "no body")?;
        write(&body, &bytes)?;
        drop(body);
        drop(value);
        container.has_object(&object)
    }

    fn finish_nothing() -> Result<(), String> {
        OutgoingValue::finish(OutgoingValue::new_outgoing_value())
    }

    fn two_bodies() -> (bool, bool) {
        let value = OutgoingValue::new_outgoing_value();
        let first = value.outgoing_value_write_body();
        let second = value.outgoing_value_write_body();
        (first.is_ok(), second.is_ok())
    }

    fn two_targets(container: String, object: String) -> Result<(), String> {
        let container = open(&container)?;
        let value = OutgoingValue::new_outgoing_value();
        container.write_data(&object, &value)?;
        container.write_data(&object, &value)
    }

    fn trap_writing(container: String, object: String) {
        let value = OutgoingValue::new_outgoing_value();
        open(&container).unwrap().write_data(&object, &value).unwrap();
        let body = value.outgoing_value_write_body().unwrap();
        write(&body, &[1; 10_000]).unwrap();
        core::arch::wasm32::unreachable();
    }

    fn get(container: String, object: String, start: u64, end: u64) -> Result<Vec<u8>, String> {
        IncomingValue::incoming_value_consume_sync(open(&container)?.get_data(&object, start, end)?)
    }

    fn get_stream(container: String, object: String, start: u64, end: u64) -> Result<(u64, Vec<u8>), String> {
        let value = open(&container)?.get_data(&object, start, end)?;
        let size = value.size();
        let body = IncomingValue::incoming_value_consume_async(value)?;
        Ok((size, read(&body, u64::MAX)?))
    }

    fn count(container: String, object: String) -> Result<(u64, u64), String> {
        let value = open(&container)?.get_data(&object, 0, u64::MAX)?;
        let body = IncomingValue::incoming_value_consume_async(value)?;
        let (mut all, mut others) = (0, 0);
        loop {
            match body.blocking_read(65536) {
                Ok(bytes) => {
                    all += bytes.len() as u64;
                    others += bytes.iter().filter(|b| **b != 0).count() as u64;
                }
                Err(StreamError::Closed) => return Ok((all, others)),
                Err(e) => return Err(told(e)),
            }
        }
    }

    fn get_while_replaced(container: String, object: String) -> Result<Vec<u8>, String> {
        let value = open(&container)?.get_data(&object, 0, u64::MAX)?;
        let half = value.size() / 2;
        let body = IncomingValue::incoming_value_consume_async(value)?;
        let mut bytes = read(&body, half)?;
        Self::put(container.clone(), object.clone(), b"something else".to_vec())?;
        Self::delete(container, object)?;
        bytes.extend(read(&body, u64::MAX)?);
        Ok(bytes)
    }

    fn has(container: String, object: String) -> Result<bool, String> {
        open(&container)?.has_object(&object)
    }

    fn object_info(container: String, object: String) -> Result<(String, String, u64, u64), String> {
        let info = open(&container)?.object_info(&object)?;
        Ok((info.container, info.name, info.created_at, info.size))
    }

    fn delete(container: String, object: String) -> Result<(), String> {
        open(&container)?.delete_object(&object)
    }

    fn delete_all(container: String, objects: Vec<String>) -> Result<(), String> {
        open(&container)?.delete_objects(&objects)
    }

    fn copy(container: String, object: String, to_container: String, to_object: String) -> Result<(), String> {
        blobstore::copy_object(&id(container, object), &id(to_container, to_object))
    }

    fn move_(container: String, object: String, to_container: String, to_object: String) -> Result<(), String> {
        blobstore::move_object(&id(container, object), &id(to_container, to_object))
    }

    fn names(container: String, at_a_time: u64) -> Result<(Vec<String>, u64), String> {
        let listing = open(&container)?.list_objects()?;
        let (mut all, mut most) = (Vec::new(), 0);
        loop {
            let (names, ended) = listing.read_stream_object_names(at_a_time)?;
            most = most.max(names.len() as u64);
            all.extend(names);
            if ended {
                return Ok((all, most));
            }
        }
    }

    fn skip(container: String, count: u64) -> Result<(u64, bool, u64), String> {
        let listing = open(&container)?.list_objects()?;
        let (skipped, ended) = listing.skip_stream_object_names(count)?;
        let (left, _) = listing.read_stream_object_names(u64::MAX)?;
        Ok((skipped, ended, left.len() as u64))
    }

    fn hold_containers(container: String, count: u32) -> Result<(), String> {
        hold(count, || open(&container))
    }

    fn hold_values(container: String, object: String, count: u32) -> Result<(), String> {
        let container = open(&container)?;
        hold(count, || container.get_data(&object, 0, u64::MAX))
    }

    fn hold_bodies(count: u32) -> Result<(), String> {
        hold(count, || {
            let value = OutgoingValue::new_outgoing_value();
            let body = value.outgoing_value_write_body().map_err(|_| "no body".to_string())?;
            Ok((body, value))
        })
    }

    fn hold_listings(container: String, count: u32) -> Result<(), String> {
        let container = open(&container)?;
        hold(count, || container.list_objects())
    }
}
