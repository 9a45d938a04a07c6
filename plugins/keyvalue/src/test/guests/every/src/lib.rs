mod bindings {
    wit_bindgen::generate!({
        path: [
            "../../../main/resources/wit/wasi-keyvalue-draft.wit",
            "../../../main/resources/wit/wasi-keyvalue-draft2.wit",
            "wit",
        ],
        world: "test:every/every",
        generate_all,
    });
    use super::Every;
    export!(Every);
}

use bindings::exports::wasi::keyvalue0_2_0_draft::watcher as watcher1;
use bindings::exports::wasi::keyvalue0_2_0_draft2::watcher as watcher2;
use bindings::wasi::keyvalue0_2_0_draft::{atomics as atomics1, batch as batch1, store as store1};
use bindings::wasi::keyvalue0_2_0_draft2::{atomics as atomics2, batch as batch2, store as store2};

struct Every;

fn text<E: std::fmt::Debug>(error: E) -> String {
    format!("{error:?}")
}

fn expect(condition: bool, what: &str) -> Result<(), String> {
    if condition { Ok(()) } else { Err(what.to_string()) }
}

fn owned(value: &[u8]) -> Vec<u8> {
    value.to_vec()
}

impl bindings::Guest for Every {
    fn draft() -> Result<(), String> {
        let bucket = store1::open("every").map_err(text)?;
        bucket.set("a", b"1").map_err(text)?;
        expect(bucket.get("a").map_err(text)? == Some(owned(b"1")), "get")?;
        expect(bucket.get("none").map_err(text)?.is_none(), "get none")?;
        expect(bucket.exists("a").map_err(text)?, "exists")?;
        expect(!bucket.exists("none").map_err(text)?, "exists none")?;
        expect(atomics1::increment(&bucket, "count", 40).map_err(text)? == 40, "increment none")?;
        expect(atomics1::increment(&bucket, "count", 2).map_err(text)? == 42, "increment")?;
        expect(bucket.get("count").map_err(text)? == Some(owned(b"42")), "count as text")?;
        bucket.set("words", b"not a number").map_err(text)?;
        expect(atomics1::increment(&bucket, "words", 1).is_err(), "increment words")?;
        expect(atomics1::increment(&bucket, "count", u64::MAX).is_err(), "increment by 2^64-1")?;
        expect(atomics1::increment(&bucket, "count", i64::MAX as u64).is_err(), "overflow")?;
        batch1::set_many(&bucket, &[("b".into(), owned(b"2")), ("c".into(), vec![])]).map_err(text)?;
        let many = batch1::get_many(&bucket, &["c".into(), "none".into(), "b".into()]).map_err(text)?;
        expect(many == [Some(("c".into(), vec![])), None, Some(("b".into(), owned(b"2")))], "get-many")?;
        let mut keys = Vec::new();
        let mut cursor = None;
        loop {
            let page = bucket.list_keys(cursor).map_err(text)?;
            keys.extend(page.keys);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        keys.sort();
        expect(keys == ["a", "b", "c", "count", "words"], &format!("list-keys: {keys:?}"))?;
        bucket.delete("a").map_err(text)?;
        bucket.delete("none").map_err(text)?;
        batch1::delete_many(&bucket, &["b".into(), "c".into(), "none".into()]).map_err(text)?;
        expect(!bucket.exists("a").map_err(text)? && !bucket.exists("c").map_err(text)?, "delete")?;
        expect(batch1::get_many(&bucket, &[]).map_err(text)?.is_empty(), "get-many of none")?;
        expect(matches!(store1::open(""), Err(store1::Error::NoSuchStore)), "open nothing")
    }

    fn draft2() -> Result<(), String> {
        let bucket = store2::open("every2").map_err(text)?;
        bucket.set("a", b"1").map_err(text)?;
        expect(bucket.get("a").map_err(text)? == Some(owned(b"1")), "get")?;
        expect(bucket.exists("a").map_err(text)?, "exists")?;
        expect(atomics2::increment(&bucket, "count", 40).map_err(text)? == 40, "increment none")?;
        expect(atomics2::increment(&bucket, "count", -42).map_err(text)? == -2, "decrement")?;
        batch2::set_many(&bucket, &[("b".into(), owned(b"2"))]).map_err(text)?;
        let many = batch2::get_many(&bucket, &["none".into(), "b".into()]).map_err(text)?;
        expect(many == [None, Some(("b".into(), owned(b"2")))], "get-many")?;
        let mut page = bucket.list_keys(None).map_err(text)?;
        let mut keys = page.keys;
        while let Some(cursor) = page.cursor {
            page = bucket.list_keys(Some(&cursor)).map_err(text)?;
            keys.extend(page.keys.drain(..));
        }
        keys.sort();
        expect(keys == ["a", "b", "count"], &format!("list-keys: {keys:?}"))?;

        let cas = atomics2::Cas::new(&bucket, "a").map_err(text)?;
        expect(cas.current().map_err(text)? == Some(owned(b"1")), "current")?;
        atomics2::swap(cas, b"2").map_err(text)?;
        expect(bucket.get("a").map_err(text)? == Some(owned(b"2")), "swapped")?;
        let late = atomics2::Cas::new(&bucket, "a").map_err(text)?;
        bucket.set("a", b"3").map_err(text)?;
        match atomics2::swap(late, b"4") {
            Err(atomics2::CasError::CasFailed(again)) => {
                expect(again.current().map_err(text)? == Some(owned(b"3")), "current again")?;
                atomics2::swap(again, b"4").map_err(text)?;
            }
            other => return Err(format!("a late swap: {other:?}")),
        }
        let absent = atomics2::Cas::new(&bucket, "new").map_err(text)?;
        expect(absent.current().map_err(text)?.is_none(), "current none")?;
        bucket.set("new", b"x").map_err(text)?;
        expect(matches!(atomics2::swap(absent, b"y"), Err(atomics2::CasError::CasFailed(_))), "swap with none")?;
        batch2::delete_many(&bucket, &["a".into(), "b".into()]).map_err(text)?;
        bucket.delete("new").map_err(text)?;
        let absent = atomics2::Cas::new(&bucket, "new").map_err(text)?;
        atomics2::swap(absent, b"z").map_err(text)?;
        expect(bucket.get("new").map_err(text)? == Some(owned(b"z")), "swapped with none")?;
        expect(matches!(store2::open("a\nb"), Err(store2::Error::NoSuchStore)), "open a control character")
    }

    fn open(bucket: String) -> Result<(), String> {
        store1::open(&bucket).map(|_| ()).map_err(text)
    }

    fn open_many(count: u32) -> Result<(), String> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(store2::open("many").map_err(text)?);
        }
        std::mem::forget(all);
        Ok(())
    }

    fn cas_many(key: String, count: u32) -> Result<(), String> {
        let bucket = store2::open("many").map_err(text)?;
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(atomics2::Cas::new(&bucket, &key).map_err(text)?);
        }
        std::mem::forget(all);
        Ok(())
    }

    fn set(bucket: String, key: String, size: u32) -> Result<(), String> {
        store1::open(&bucket).map_err(text)?.set(&key, &vec![7; size as usize]).map_err(text)
    }

    fn get(bucket: String, key: String) -> Result<u32, String> {
        let value = store1::open(&bucket).map_err(text)?.get(&key).map_err(text)?;
        value.map(|v| v.len() as u32).ok_or("none".into())
    }

    fn get_many(bucket: String, keys: Vec<String>) -> Result<u64, String> {
        let bucket = store1::open(&bucket).map_err(text)?;
        let all = batch1::get_many(&bucket, &keys).map_err(text)?;
        Ok(all.iter().flatten().map(|(_, value)| value.len() as u64).sum())
    }

    fn list_draft(bucket: String) -> Result<(u32, u32, u32), String> {
        let bucket = store1::open(&bucket).map_err(text)?;
        let mut counts = Counts::default();
        let mut cursor = None;
        loop {
            let page = bucket.list_keys(cursor).map_err(text)?;
            counts.page(&page.keys);
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(counts.result());
            }
        }
    }

    fn list_draft2(bucket: String) -> Result<(u32, u32, u32), String> {
        let bucket = store2::open(&bucket).map_err(text)?;
        let mut counts = Counts::default();
        let mut cursor: Option<String> = None;
        loop {
            let page = bucket.list_keys(cursor.as_deref()).map_err(text)?;
            counts.page(&page.keys);
            cursor = page.cursor;
            if cursor.is_none() {
                return Ok(counts.result());
            }
        }
    }

    fn list_at(bucket: String, cursor: u64) -> Result<(), String> {
        let bucket = store1::open(&bucket).map_err(text)?;
        bucket.list_keys(Some(cursor)).map(|_| ()).map_err(text)
    }
}

#[derive(Default)]
struct Counts {
    pages: u32,
    most: u32,
    keys: std::collections::BTreeSet<String>,
}

impl Counts {
    fn page(&mut self, keys: &[String]) {
        self.pages += 1;
        self.most = self.most.max(keys.len() as u32);
        self.keys.extend(keys.iter().cloned());
    }

    fn result(&self) -> (u32, u32, u32) {
        (self.pages, self.keys.len() as u32, self.most)
    }
}

// What was told is put into the bucket "told"; the bucket that comes along is used, too.

impl watcher1::Guest for Every {
    fn on_set(bucket: store1::Bucket, key: String, value: Vec<u8>) {
        let same = bucket.get(&key).unwrap() == Some(value.clone());
        let told = store1::open("told").unwrap();
        told.set(&format!("draft set {key} {same}"), &value).unwrap();
    }

    fn on_delete(bucket: store1::Bucket, key: String) {
        let gone = !bucket.exists(&key).unwrap();
        store1::open("told").unwrap().set(&format!("draft delete {key} {gone}"), b"").unwrap();
    }
}

impl watcher2::Guest for Every {
    fn on_set(bucket: store2::Bucket, key: String, value: Vec<u8>) {
        if key == "trap" {
            panic!();
        }
        let same = bucket.get(&key).unwrap() == Some(value.clone());
        let told = store2::open("told").unwrap();
        told.set(&format!("draft2 set {key} {same}"), &value).unwrap();
    }

    fn on_delete(bucket: store2::Bucket, key: String) {
        let gone = !bucket.exists(&key).unwrap();
        store2::open("told").unwrap().set(&format!("draft2 delete {key} {gone}"), b"").unwrap();
    }
}
