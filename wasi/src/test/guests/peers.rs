//! The two ends of a TCP connection and of datagrams, each a program of its own: peers ROLE [ADDRESS].
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream, UdpSocket};

fn tcp_server(address: &str) -> std::io::Result<String> {
    let listener = TcpListener::bind(address)?;
    let (mut stream, peer) = listener.accept()?;
    let mut buffer = [0; 4096];
    let mut total = 0;
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            break; // the client has ended its half
        }
        total += count;
        stream.write_all(&buffer[..count])?;
    }
    Ok(format!("{total} from {}", peer.ip()))
}

fn tcp_client(address: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    let mut got = Vec::new();
    let sent: Vec<u8> = (0..300_000u32).map(|i| i as u8).collect();
    for part in sent.chunks(10_000) {
        stream.write_all(part)?;
        let mut back = vec![0; part.len()];
        stream.read_exact(&mut back)?;
        got.extend(back);
    }
    stream.shutdown(Shutdown::Write)?;
    stream.read_to_end(&mut got)?;
    Ok(format!("{} same {}", got.len(), got == sent))
}

fn udp_server(address: &str) -> std::io::Result<String> {
    let socket = UdpSocket::bind(address)?;
    let mut buffer = [0; 2000];
    let (length, from) = socket.recv_from(&mut buffer)?;
    socket.send_to(&buffer[..length], from)?;
    Ok(format!("{length} from {}", from.ip()))
}

fn udp_client(address: &str) -> std::io::Result<String> {
    let socket = UdpSocket::bind("0.0.0.0:0")?;
    socket.connect(address)?;
    socket.send(b"datagram")?;
    let mut buffer = [0; 2000];
    let length = socket.recv(&mut buffer)?;
    Ok(String::from_utf8_lossy(&buffer[..length]).into_owned())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let address = &arguments[2];
    let result = match arguments[1].as_str() {
        "tcp-server" => tcp_server(address),
        "tcp-client" => tcp_client(address),
        "udp-server" => udp_server(address),
        _ => udp_client(address),
    };
    println!("{:?}", result.map_err(|e| e.kind()));
}
