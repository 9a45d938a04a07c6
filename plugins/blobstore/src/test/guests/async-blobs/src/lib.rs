wit_bindgen::generate!({
    path: ["../target/wit/wasmcloud.wit", "wit"],
    world: "virga:async-blobs/async-blobs",
    generate_all,
});

use wasmcloud::blobstore::blobstore;
use wasmcloud::blobstore::container::Container;
use wasmcloud::blobstore::types::{Error, ObjectId};

struct Blobs;
export!(Blobs);

fn told(error: Error) -> String {
    format!("{error:?}")
}

fn check(what: &str, right: bool) -> Result<(), String> {
    if right { Ok(()) } else { Err(what.to_string()) }
}

async fn write(container: &Container, object: &str, bytes: Vec<u8>) -> Result<(), Error> {
    let (mut sender, receiver) = wit_stream::new();
    let (written, _) = futures::join!(container.write_data(object.to_string(), receiver), async move {
        sender.write_all(bytes).await;
    });
    written
}

async fn read(container: &Container, object: &str, start: u64, end: u64) -> Result<Vec<u8>, Error> {
    Ok(container.get_data(object.to_string(), start, end).await?.collect().await)
}

fn id(container: &str, object: &str) -> ObjectId {
    ObjectId { container: container.to_string(), object: object.to_string() }
}

async fn every_function(name: &str) -> Result<(), String> {
    check("not there yet", !blobstore::container_exists(name.to_string()).await.map_err(told)?)?;
    let missing = blobstore::get_container(name.to_string()).await;
    check("no such container", matches!(missing, Err(Error::NoSuchContainer)))?;
    let container = blobstore::create_container(name.to_string()).await.map_err(told)?;
    let again = blobstore::create_container(name.to_string()).await;
    check("exists already", matches!(again, Err(Error::ContainerAlreadyExists)))?;
    check("name", container.name().await.map_err(told)? == name)?;
    check("info", container.info().await.map_err(told)?.created_at > 1_700_000_000_000_000_000)?;

    write(&container, "a", b"0123456789".to_vec()).await.map_err(told)?;
    check("read", read(&container, "a", 0, u64::MAX).await.map_err(told)? == b"0123456789")?;
    check("range", read(&container, "a", 2, 4).await.map_err(told)? == b"234")?;
    check("no such object", matches!(read(&container, "b", 0, 1).await, Err(Error::NoSuchObject)))?;
    check("size", container.object_info("a".to_string()).await.map_err(told)?.size == 10)?;
    check("has", container.has_object("a".to_string()).await.map_err(told)?)?;

    blobstore::copy_object(id(name, "a"), id(name, "b")).await.map_err(told)?;
    blobstore::move_object(id(name, "b"), id(name, "c")).await.map_err(told)?;
    let mut names = container.list_objects().await.map_err(told)?.collect().await;
    names.sort();
    check("names", names == ["a", "c"])?;

    container.delete_object("a".to_string()).await.map_err(told)?;
    container.delete_objects(vec!["c".to_string(), "d".to_string()]).await.map_err(told)?;
    check("deleted", !container.has_object("c".to_string()).await.map_err(told)?)?;
    write(&container, "e", Vec::new()).await.map_err(told)?;
    check("empty", read(&container, "e", 0, u64::MAX).await.map_err(told)?.is_empty())?;
    container.clear().await.map_err(told)?;
    check("cleared", !container.has_object("e".to_string()).await.map_err(told)?)?;
    blobstore::delete_container(name.to_string()).await.map_err(told)?;
    check("gone", matches!(container.info().await, Err(Error::NoSuchContainer)))?;
    let denied = blobstore::create_container("x".repeat(2000)).await;
    check("too long a name", matches!(denied, Err(Error::AccessDenied)))
}

impl Guest for Blobs {
    async fn run(container: String) -> String {
        every_function(&container).await.err().unwrap_or_default()
    }

    async fn put(container: String, object: String, bytes: Vec<u8>) -> String {
        match blobstore::get_container(container).await {
            Ok(container) => write(&container, &object, bytes).await.err().map(told).unwrap_or_default(),
            Err(e) => told(e),
        }
    }

    async fn get(container: String, object: String, start: u64, end: u64) -> Result<Vec<u8>, String> {
        let container = blobstore::get_container(container).await.map_err(told)?;
        read(&container, &object, start, end).await.map_err(told)
    }
}
