//! Starts stemwire: gives the command line its server, and the command line's exit code to the system.
//!
//! The one place that knows both doors; neither of them knows the other.

use stemwire::cli::{Ending, Server, Serving};
use stemwire::http::{Limits, Options};

fn main() -> std::process::ExitCode {
    stemwire::cli::run(std::env::args_os(), Server { limits: Limits::ALL, serve })
}

fn serve(serving: Serving) -> Ending {
    Box::pin(async move {
        let Serving { listener, app, config, stop } = serving;
        let mut limits = Limits::default();
        for (name, value) in &config.limits {
            limits.set(name, *value).map_err(std::io::Error::other)?;
        }
        let options = Options {
            limits,
            hosts: config.allowed_hosts,
            frame_ancestors: config.frame_ancestors,
            public_url: config.public_url,
            ..Options::default()
        };
        stemwire::http::serve(listener, app, options, stop.cancelled_owned()).await
    })
}
