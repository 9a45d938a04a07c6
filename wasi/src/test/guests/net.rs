//! Talks to itself over TCP and UDP, or tells why not.
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs, UdpSocket};

fn tcp() -> std::io::Result<usize> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (mut server, peer) = listener.accept()?;
    assert_eq!(peer, client.local_addr()?);
    let request = vec![3u8; 20_000];
    client.write_all(&request)?;
    client.shutdown(std::net::Shutdown::Write)?;
    let mut got = Vec::new();
    server.read_to_end(&mut got)?;
    assert_eq!(got, request);
    server.write_all(b"answer")?;
    drop(server);
    let mut answer = String::new();
    client.read_to_string(&mut answer)?;
    assert_eq!(answer, "answer");
    Ok(got.len())
}

fn udp() -> std::io::Result<usize> {
    let one = UdpSocket::bind("127.0.0.1:0")?;
    let two = UdpSocket::bind("127.0.0.1:0")?;
    one.send_to(b"datagram", two.local_addr()?)?;
    let mut buffer = [0; 100];
    let (length, from) = two.recv_from(&mut buffer)?;
    assert_eq!((&buffer[..length], from), (&b"datagram"[..], one.local_addr()?));
    Ok(length)
}

fn main() {
    println!("tcp {:?}", tcp().map_err(|e| e.kind()));
    println!("udp {:?}", udp().map_err(|e| e.kind()));
    println!("name {}", ("localhost", 80).to_socket_addrs().is_ok());
}
