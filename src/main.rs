//! Starts stemwire: gives the command line its server, and the command line's exit code to the system.

use stemwire::cli::{Ending, Server, Serving};

fn main() -> std::process::ExitCode {
    stemwire::cli::run(std::env::args_os(), Server { limits: &[], serve })
}

fn serve(serving: Serving) -> Ending {
    Box::pin(async move {
        serving.stop.cancelled().await;
        Ok(())
    })
}
