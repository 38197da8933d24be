//! Accepting connections and stopping gracefully: no new ones, streams ended, answers and writes under way finished,
//! with a deadline.
//!
//! Not `axum::serve`: that has no time limit for a request's head, no bound on connections and no deadline.

use super::limits::Limits;
use super::options::Options;
use super::room;
use super::routes::router;
use super::taking::Taking;
use crate::app::App;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How long to wait before accepting again where the system has no file handles left.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves until `shutdown` completes, then at most `limits.shutdown_seconds` longer.
///
/// # Errors
/// Where the listener has no address (any more).
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.local_addr()?;
    let limits = options.limits.clone();
    let (stop, work) = (options.stop.clone(), options.work.clone());
    let router = router(app, options);
    let connections = TaskTracker::new();
    let places = Arc::new(Semaphore::new(usize::try_from(room::connections(limits.connections)).unwrap_or(usize::MAX)));
    let builder = builder(&limits);
    let patience = Duration::from_secs(limits.taking_seconds);
    // Told of once, until it is over.
    let mut refused = false;
    let mut shutdown = pin!(shutdown);
    loop {
        let place = tokio::select! {
            () = &mut shutdown => break,
            place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
        };
        let stream = tokio::select! {
            () = &mut shutdown => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    refused = false;
                    stream
                }
                Err(error) => {
                    if !std::mem::replace(&mut refused, true) {
                        tracing::warn!(%error, "connections cannot be accepted; it is tried again until they can");
                    }
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        // Answers are written whole; waiting to fill a packet would only delay them.
        let _ = stream.set_nodelay(true);
        let connection = connection(builder.clone(), Taking::new(stream, patience), router.clone(), stop.clone());
        connections.spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    stop.cancel();
    connections.close();
    work.close();
    let deadline = Duration::from_secs(limits.shutdown_seconds);
    // Writes go on where their callers have hung up.
    let ended = async { (connections.wait().await, work.wait().await) };
    if tokio::time::timeout(deadline, ended).await.is_err() {
        tracing::warn!(open = connections.len(), writes = work.len(), "stopped with requests still under way");
    }
    Ok(())
}

fn builder(limits: &Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    // The HTTP library needs at least 8 KB for its buffer.
    let head_bytes = usize::try_from(limits.head_bytes).unwrap_or(usize::MAX).max(8192);
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.head_seconds))
        .max_buf_size(head_bytes);
    builder
}

async fn connection(builder: http1::Builder, stream: Taking, router: Router, stop: CancellationToken) {
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}
