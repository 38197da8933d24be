//! Connections: accepted, bounded, ended.

use super::desk::Desk;
use std::time::Duration;
use stemwire::http::{Limits, Options, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

const DEADLINE: Duration = Duration::from_secs(20);

struct Served {
    _desk: Desk,
    address: std::net::SocketAddr,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<std::io::Result<()>>,
}

async fn served(limits: Limits) -> Served {
    let desk = Desk::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let options = Options { limits, ..Options::default() };
    let task = tokio::spawn(serve(listener, desk.app.clone(), options, stop.clone().cancelled_owned()));
    Served { _desk: desk, address, stop, task }
}

async fn say(served: &Served, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// Reads until the text ends so, or the other side closes.
async fn hear(stream: &mut TcpStream, end: &str) -> String {
    let mut bytes = Vec::new();
    let work = async {
        while !String::from_utf8_lossy(&bytes).contains(end) {
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                break;
            }
        }
    };
    assert!(tokio::time::timeout(DEADLINE, work).await.is_ok(), "{}", String::from_utf8_lossy(&bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn it_answers_and_stops_with_streams_open() {
    let served = served(Limits::default()).await;
    let mut one = say(&served, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(hear(&mut one, "alive\n").await.starts_with("HTTP/1.1 200"));
    let mut live = say(&served, "GET /v1/live HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    hear(&mut live, "retry").await;
    served.stop.cancel();
    let ended = tokio::time::timeout(DEADLINE, served.task).await;
    assert!(ended.expect("it stops though connections are open").unwrap().is_ok());
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn a_head_or_body_that_does_not_come_is_not_waited_for() {
    let limits = Limits { head_seconds: 1, body_seconds: 1, ..Limits::default() };
    let served = served(limits).await;
    let mut head = say(&served, "GET /healthz HTT").await;
    hear(&mut head, "never comes").await;
    let post =
        "POST /v1/suggest HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    let mut body = say(&served, post).await;
    let heard = hear(&mut body, "request_id").await;
    assert!(heard.starts_with("HTTP/1.1 408") && heard.contains("/problems/request-timeout"), "{heard}");
}

/// Many clients look for an answer only once they have sent all.
#[tokio::test]
async fn who_sends_too_much_and_looks_up_then_is_told_so() {
    let served = served(Limits { json_bytes: 1000, body_seconds: 2, ..Limits::default() }).await;
    let body = "x".repeat(8 * 1024 * 1024);
    for announced in [
        format!("content-length: {}\r\n\r\n{body}", body.len()),
        format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n", body.len()),
    ] {
        let head = "POST /v1/suggest HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
        let mut stream = say(&served, &format!("{head}{announced}")).await;
        let heard = hear(&mut stream, "request_id").await;
        assert!(heard.starts_with("HTTP/1.1 413") && heard.contains("At most 1000 bytes are read."), "{heard}");
    }
    // Who asks first, and who never comes to an end, are told the same.
    for expect in ["expect: 100-continue\r\n", ""] {
        let head = "POST /v1/suggest HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2000\r\n";
        let mut stream = say(&served, &format!("{head}{expect}\r\n")).await;
        let heard = hear(&mut stream, "request_id").await;
        assert!(heard.starts_with("HTTP/1.1 413"), "{heard}");
    }
}

#[tokio::test]
async fn connections_are_bounded() {
    let served = served(Limits { connections: 1, ..Limits::default() }).await;
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut first = say(&served, request).await;
    hear(&mut first, "alive\n").await;
    let mut second = say(&served, request).await;
    let waits = tokio::time::timeout(Duration::from_millis(50), second.readable()).await;
    assert!(waits.is_err(), "the second was accepted beside the first");
    drop(first);
    assert!(hear(&mut second, "alive\n").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_caller_who_takes_nothing_does_not_keep_its_place() {
    let served = served(Limits { connections: 1, taking_seconds: 1, ..Limits::default() }).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stuck = socket.connect(served.address).await.unwrap();
    // Far more than the system keeps for a connection.
    let ask = "GET /openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(200);
    let asking = tokio::spawn(async move {
        let _ = stuck.write_all(ask.as_bytes()).await;
        stuck
    });
    let mut next = say(&served, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(hear(&mut next, "alive\n").await.starts_with("HTTP/1.1 200"));
    drop(asking.await);
}
