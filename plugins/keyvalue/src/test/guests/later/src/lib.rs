mod bindings {
    wit_bindgen::generate!({
        path: ["../../../main/resources/wit/wasmcloud-keyvalue.wit", "wit"],
        world: "test:later/later",
        generate_all,
    });
    use super::Later;
    export!(Later);
}

use bindings::exports::wasmcloud::keyvalue::watcher;
use bindings::wasmcloud::keyvalue::{atomics, batch, cas, store, types};
use types::{Error, SetOptions};

struct Later;

fn text<E: std::fmt::Debug>(error: E) -> String {
    format!("{error:?}")
}

fn expect(condition: bool, what: &str) -> Result<(), String> {
    if condition { Ok(()) } else { Err(what.to_string()) }
}

fn key(name: &str) -> String {
    name.to_string()
}

fn value(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

impl bindings::Guest for Later {
    async fn all() -> Result<(), String> {
        let bucket = store::open(key("later")).await.map_err(text)?;
        bucket.set(key("a"), value(b"1"), None).await.map_err(text)?;
        expect(bucket.get(key("a")).await.map_err(text)? == Some(value(b"1")), "get")?;
        expect(bucket.get(key("none")).await.map_err(text)?.is_none(), "get none")?;
        expect(bucket.exists(key("a")).await.map_err(text)?, "exists")?;

        let absent = |ttl| Some(SetOptions { ttl_ms: ttl, if_not_exists: true });
        let refused = bucket.set(key("a"), value(b"2"), absent(None)).await;
        expect(matches!(refused, Err(Error::PreconditionFailed)), "if-not-exists")?;
        bucket.set(key("b"), value(b"2"), absent(Some(3_600_000))).await.map_err(text)?;
        for wrong in [0, u64::MAX] {
            let options = Some(SetOptions { ttl_ms: Some(wrong), if_not_exists: false });
            let refused = bucket.set(key("b"), value(b"3"), options).await;
            expect(matches!(refused, Err(Error::InvalidArgument)), "ttl-ms")?;
        }
        let brief = Some(SetOptions { ttl_ms: Some(1), if_not_exists: false });
        bucket.set(key("brief"), value(b"3"), brief).await.map_err(text)?;
        while bucket.exists(key("brief")).await.map_err(text)? {}

        let page = bucket.list_keys(Some(key("a")), None).await.map_err(text)?;
        expect(page.keys == ["a"] && page.cursor.is_none(), "list-keys with a prefix")?;
        let mut keys = bucket.list_keys(None, None).await.map_err(text)?.keys;
        keys.sort();
        expect(keys == ["a", "b"], "list-keys")?;

        expect(atomics::increment(&bucket, key("n"), 5).await.map_err(text)? == 5, "increment")?;
        expect(atomics::increment(&bucket, key("n"), -7).await.map_err(text)? == -2, "decrement")?;

        let now = cas::current(&bucket, key("a")).await.map_err(text)?.ok_or("current")?;
        expect(now.value == b"1", "current value")?;
        let version = |v: &str| cas::CasOptions { require_version: Some(v.to_string()), require_value: None };
        let swapped = cas::swap(&bucket, key("a"), value(b"2"), version(&now.version)).await.map_err(text)?;
        expect(matches!(swapped, cas::CasResult::Swapped), "swap")?;
        match cas::swap(&bucket, key("a"), value(b"3"), version(&now.version)).await.map_err(text)? {
            cas::CasResult::Stale(Some(entry)) => expect(entry.value == b"2", "stale value")?,
            other => return Err(format!("a late swap: {other:?}")),
        }
        let nothing = cas::CasOptions { require_version: None, require_value: None };
        let refused = cas::swap(&bucket, key("a"), value(b"3"), nothing).await;
        expect(matches!(refused, Err(Error::InvalidArgument)), "swap without a condition")?;
        let by_value = cas::CasOptions { require_version: None, require_value: Some(value(b"2")) };
        let swapped = cas::swap(&bucket, key("a"), value(b"3"), by_value).await.map_err(text)?;
        expect(matches!(swapped, cas::CasResult::Swapped), "swap by value")?;

        batch::set_many(&bucket, vec![(key("x"), value(b"1")), (key("y"), value(b"2"))]).await.map_err(text)?;
        let many = batch::get_many(&bucket, vec![key("y"), key("none")]).await.map_err(text)?;
        expect(many == [Some((key("y"), value(b"2"))), None], "get-many")?;
        batch::delete_many(&bucket, vec![key("x"), key("y"), key("none")]).await.map_err(text)?;
        bucket.delete(key("a")).await.map_err(text)?;
        expect(!bucket.exists(key("x")).await.map_err(text)?, "delete-many")?;
        expect(matches!(store::open(key("")).await, Err(Error::NoSuchStore)), "open nothing")
    }
}

impl watcher::Guest for Later {
    async fn on_set(bucket: types::Bucket, key: String, value: Vec<u8>) {
        let same = bucket.get(key.clone()).await.unwrap() == Some(value.clone());
        let told = store::open("told".into()).await.unwrap();
        told.set(format!("set {key} {same}"), value, None).await.unwrap();
    }

    async fn on_delete(bucket: types::Bucket, key: String) {
        let gone = !bucket.exists(key.clone()).await.unwrap();
        let told = store::open("told".into()).await.unwrap();
        told.set(format!("delete {key} {gone}"), vec![], None).await.unwrap();
    }
}
