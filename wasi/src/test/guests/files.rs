//! Uses a directory, `/data`, in every way that std knows, and tries to leave it.
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

fn names(path: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn use_it() -> std::io::Result<()> {
    fs::create_dir_all("/data/a/b")?;
    fs::write("/data/a/file", "hello")?;
    let mut file = OpenOptions::new().append(true).open("/data/a/file")?;
    file.write_all(b", world")?;
    drop(file);
    let mut file = OpenOptions::new().read(true).write(true).open("/data/a/file")?;
    file.seek(SeekFrom::Start(7))?;
    file.write_all(b"W")?;
    file.seek(SeekFrom::End(-5))?;
    let mut end = String::new();
    file.read_to_string(&mut end)?;
    assert_eq!(end, "World");
    file.set_len(5)?;
    file.sync_all()?;
    assert_eq!(fs::read_to_string("/data/a/../a/./file")?, "hello");
    let metadata = fs::metadata("/data/a/file")?;
    assert!(metadata.is_file() && metadata.len() == 5);
    fs::hard_link("/data/a/file", "/data/a/b/link")?;
    fs::rename("/data/a/file", "/data/moved")?;
    assert_eq!(fs::read("/data/a/b/link")?, b"hello");
    assert_eq!(names("/data/a"), ["b"]);
    let big = vec![7u8; 3_000_000];
    File::create("/data/big")?.write_all(&big)?;
    assert_eq!(fs::read("/data/big")?, big);
    fs::copy("/data/big", "/data/copy")?;
    assert_eq!(fs::metadata("/data/copy")?.len(), 3_000_000);
    fs::remove_file("/data/big")?;
    fs::remove_file("/data/copy")?;
    fs::remove_dir_all("/data/a")?;
    fs::remove_file("/data/moved")?;
    Ok(())
}

fn main() {
    println!("found {:?}", names("/data"));
    match use_it() {
        Ok(()) => println!("used"),
        Err(error) => println!("failed {:?}", error.kind()),
    }
    for path in ["/data/../secret", "/data/up/secret", "/data/absolute", "/secret", "/etc/passwd", "/data/loop"] {
        match fs::read_to_string(Path::new(path)) {
            Ok(content) => println!("{path} gave {content}"),
            Err(error) => println!("{path} {:?}", error.kind()),
        }
    }
}
