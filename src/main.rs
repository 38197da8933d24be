//! Starts stemwire: gives the command line its server, and the command line's exit code to the system.

use stemwire::cli::{Ending, Server, Serving};
use stemwire::http::{self, Limits, Options};

fn main() -> std::process::ExitCode {
    stemwire::cli::run(std::env::args_os(), Server { limits: Limits::ALL, serve })
}

/// Hands what the operator chose to the HTTP API.
fn serve(serving: Serving) -> Ending {
    Box::pin(async move {
        let Serving { listener, app, config, stop } = serving;
        let limits = Limits::from_named(&config.limits).map_err(std::io::Error::other)?;
        let options =
            Options { limits, hosts: config.allowed_hosts, public_url: config.public_url, stop: stop.clone() };
        http::serve(listener, app, options, stop.cancelled_owned()).await
    })
}
