//! `serve`: takes the port, opens the library, greets, and hands over to the server until somebody says stop.
//!
//! What serves is handed in by `main`: the command line does not know the HTTP API.

use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::numbers::counted;
use super::opening::{Progress, said};
use super::terminal::{calm, note};
use crate::app::App;
use crate::config::{Config, Limit, LogFormat};
use std::future::Future;
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// What a server is given.
pub struct Serving {
    pub listener: tokio::net::TcpListener,
    pub app: Arc<App>,
    pub config: Config,
    /// Cancelled when the server has to stop; answers under way are finished.
    pub stop: CancellationToken,
}

/// A server that ends once it has stopped.
pub type Ending = Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>>;

/// The server, as `main` knows it.
#[derive(Clone, Copy)]
pub struct Server {
    /// The limits that it takes from the config.
    pub limits: &'static [Limit],
    pub serve: fn(Serving) -> Ending,
}

pub(super) fn run(desk: &Desk, server: Server) -> Run {
    desk.settings().there().map_err(said)?;
    start_log(&desk.config)?;
    // From here on a log for machines holds nothing else, why the server could not go on among it.
    serve(desk, server).map_err(|failure| match (desk.config.log_format, failure) {
        (LogFormat::Json, Failure::Said(text)) => {
            tracing::error!("{}", calm(&text));
            Failure::Logged
        }
        (_, failure) => failure,
    })
}

/// How long threads may take to end of themselves, once the time for answers under way is over.
const FOR_THREADS: Duration = Duration::from_secs(1);

fn serve(desk: &Desk, server: Server) -> Run {
    let config = &desk.config;
    let format = config.log_format;
    let listener = listen(&config.listen)?;
    let address = listener.local_addr()?;
    let progress = Progress::new("Indexing");
    let app = App::serve(desk.settings(), &|done, total| progress.tell(done, total)).map_err(said)?;
    drop(progress);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let stop = CancellationToken::new();
    let remembered = runtime.block_on(app.remember(desk.remembering(), stop.clone()));
    remembered.map_err(|error| Failure::Said(error.to_string()))?;
    greet(&app, config, address);
    let ended = runtime.block_on(async {
        tokio::spawn(stop_on_signal(stop.clone(), format));
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let served = (server.serve)(Serving { listener, app: app.clone(), config: config.clone(), stop: stop.clone() });
        let ended = served.await;
        stop.cancel();
        app.settle().await;
        ended.map_err(Failure::from)
    });
    // Dropped, it would wait for every thread that still works for an answer, without end where one hangs.
    runtime.shutdown_timeout(FOR_THREADS);
    ended?;
    match format {
        LogFormat::Json => tracing::info!("stopped"),
        LogFormat::Text => note("Stopped."),
    }
    Ok(Ended::Done)
}

/// Takes the port. Only loopback is served: whoever can reach the port may read and write everything.
fn listen(typed: &str) -> Result<TcpListener, Failure> {
    let addresses: Vec<SocketAddr> = typed
        .to_socket_addrs()
        .map_err(|e| {
            Failure::Said(format!(
                "{typed} cannot be listened on: is its host known here? 127.0.0.1:7171 always is ({e})"
            ))
        })?
        .collect();
    if let Some(open) = addresses.iter().find(|address| !address.ip().is_loopback()) {
        return Err(Failure::Said(format!(
            "{open} can be reached from other machines, and there everybody could read and write the library\n\n  \
             Listen on 127.0.0.1:{port} and let a proxy that asks who is there pass requests on;\n  \
             or let those who need it reach this machine, as by ssh -L {port}:127.0.0.1:{port}",
            port = open.port()
        )));
    }
    TcpListener::bind(&addresses[..]).map_err(|e| match e.kind() {
        ErrorKind::AddrInUse => Failure::Said(format!(
            "{typed} is in use; stop the program that has it, or take another port with --listen 127.0.0.1:PORT \
             (0 takes a free one)"
        )),
        ErrorKind::PermissionDenied => {
            Failure::Said(format!("{typed} may not be used without more rights; take a port above 1023"))
        }
        _ => Failure::Said(format!("{typed} cannot be listened on: {e}")),
    })
}

/// Structured lines on stderr.
fn start_log(config: &Config) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&config.log_level)
        .map_err(|e| Failure::Said(format!("log.level {:?} cannot be read: {e}", config.log_level)))?;
    // A line that cannot be written is lost. To complain about it where it could not be written would end the request.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    match config.log_format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.with_ansi(super::terminal::stderr_colour()).init(),
    }
    Ok(())
}

/// Where it is, how much there is, and one thing to try.
fn greet(app: &App, config: &Config, address: SocketAddr) {
    let facts = app.facts();
    let here = format!("http://{address}");
    let shown = config.public_url.as_deref().unwrap_or(&here);
    let tips = counted(facts.tips as u64, "tip", "tips");
    let counts = format!("{tips} in {}", counted(facts.sections as u64, "section", "sections"));
    if config.log_format == LogFormat::Json {
        let (version, library) = (env!("CARGO_PKG_VERSION"), config.library.display());
        return tracing::info!(version, page = %format!("{shown}/"), %library, "serving {counts}");
    }
    note(&format!("stemwire {}: {counts}, from {}\n", env!("CARGO_PKG_VERSION"), config.library.display()));
    note(&format!("  Page  {shown}/\n  API   {shown}/docs"));
    match example(app) {
        Some(words) => note(&format!("  Try   curl '{here}/v1/suggest?text={}'", words.replace(' ', "+"))),
        None if facts.tips == 0 => {
            note("  It is empty: stemwire new \"A question that a customer would come back with\"");
        }
        None => {}
    }
    note("\nCtrl+C stops.");
}

/// Words that this library has an answer to: plain letters and spaces, as they stand in an address.
fn example(app: &App) -> Option<String> {
    let products = app.products().ok()?.what;
    let known = |id: &str| products.iter().any(|p| p.id.as_str() == id && p.tips > 0);
    if known("flowers/gerbera") {
        return Some("a bunch of gerberas for our anniversary please".to_owned());
    }
    let plain = |title: &str| title.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    let product = products.iter().filter(|p| p.tips > 0 && plain(&p.title)).max_by_key(|p| p.tips)?;
    Some(product.title.to_lowercase())
}

/// The first request to stop lets answers under way finish; the second ends at once.
async fn stop_on_signal(stop: CancellationToken, format: LogFormat) {
    wait_for_signal(Hup::Stops).await;
    match format {
        LogFormat::Json => tracing::info!("stopping; answers under way are finished"),
        LogFormat::Text => note("\nStopping; answers under way are finished."),
    }
    stop.cancel();
    // A terminal that is closed hangs up twice: by its shell and by the system.
    wait_for_signal(Hup::IsHeard).await;
    // 130: ended by an interrupt, as shells report it.
    std::process::exit(130);
}

/// What a hang-up means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hup {
    Stops,
    /// It stops already.
    IsHeard,
}

#[cfg(unix)]
async fn wait_for_signal(hup: Hup) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    let hung_up = async {
        // Looked at before it is listened to, which would end the ignoring.
        match (hup == Hup::Stops && hang_up_is_heard()).then(|| signal(SignalKind::hangup())) {
            Some(Ok(mut hang_up)) => {
                hang_up.recv().await;
            }
            _ => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        // Whoever started it from a terminal closed that.
        () = hung_up => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// False where whoever started it had SIGHUP ignored, as `nohup` does, or where that cannot be told.
#[cfg(unix)]
fn hang_up_is_heard() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| u64::from_str_radix(line.strip_prefix("SigIgn:")?.trim(), 16).ok());
    ignored.is_some_and(|signals| signals & 1 == 0)
}

#[cfg(not(unix))]
async fn wait_for_signal(_: Hup) {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
