//! Counts and times of requests, for Prometheus.
//!
//! Labels are routes as they are declared, never addresses as they are asked for: their number is bounded.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds in microseconds: an answer takes some hundred, a check of a library seconds.
const BOUNDS_US: [u64; 12] =
    [100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 500_000, 2_500_000, 10_000_000];

#[derive(Default)]
struct Times {
    /// How many took at most each bound and more than the one before; the last is all that took longer.
    buckets: [u64; BOUNDS_US.len() + 1],
    sum_us: u64,
}

/// Route, method and status of an answer.
type Answered = (Arc<str>, &'static str, u16);

/// What one server has answered.
#[derive(Default)]
pub(super) struct Stats {
    by_status: Mutex<BTreeMap<Answered, Times>>,
}

impl Stats {
    pub fn count(&self, route: &Arc<str>, method: &'static str, status: u16, took: Duration) {
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_US.iter().position(|bound| took_us <= *bound).unwrap_or(BOUNDS_US.len());
        let mut all = self.by_status.lock().unwrap_or_else(PoisonError::into_inner);
        let times = all.entry((route.clone(), method, status)).or_default();
        times.buckets[bucket] += 1;
        times.sum_us += took_us;
    }

    /// Appends the metrics in Prometheus' text format.
    pub fn render(&self, out: &mut String) {
        let all = self.by_status.lock().unwrap_or_else(PoisonError::into_inner);
        head(out, "stemwire_http_requests_total", "counter", "Requests answered.");
        for ((route, method, status), times) in all.iter() {
            let count: u64 = times.buckets.iter().sum();
            line(out, "stemwire_http_requests_total", &labels(route, method, *status), &count.to_string());
        }
        const NAME: &str = "stemwire_http_request_duration_seconds";
        head(out, NAME, "histogram", "Time from a request's head to its answer's.");
        for ((route, method, status), times) in all.iter() {
            let labels = labels(route, method, *status);
            let mut so_far = 0;
            for (bound_us, count) in BOUNDS_US.iter().zip(times.buckets) {
                so_far += count;
                let le = format!("{labels},le=\"{}\"", seconds(*bound_us));
                line(out, &format!("{NAME}_bucket"), &le, &so_far.to_string());
            }
            so_far += times.buckets[BOUNDS_US.len()];
            line(out, &format!("{NAME}_bucket"), &format!("{labels},le=\"+Inf\""), &so_far.to_string());
            line(out, &format!("{NAME}_sum"), &labels, &seconds(times.sum_us));
            line(out, &format!("{NAME}_count"), &labels, &so_far.to_string());
        }
    }
}

/// Appends one count, which only grows while the server runs.
pub(super) fn counter(out: &mut String, name: &str, help: &str, value: u64) {
    head(out, name, "counter", help);
    line(out, name, "", &value.to_string());
}

/// Appends one gauge without labels of its own.
pub(super) fn gauge(out: &mut String, name: &str, help: &str, labels: &str, value: impl ToString) {
    head(out, name, "gauge", help);
    line(out, name, labels, &value.to_string());
}

/// Appends one gauge with a line for each of `values`: its labels, and what it is.
pub(super) fn gauges(out: &mut String, name: &str, help: &str, values: &[(String, String)]) {
    head(out, name, "gauge", help);
    values.iter().for_each(|(labels, value)| line(out, name, labels, value));
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn line(out: &mut String, name: &str, labels: &str, value: &str) {
    let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _ = writeln!(out, "{name}{labels} {value}");
}

fn labels(route: &str, method: &str, status: u16) -> String {
    format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"")
}

fn seconds(us: u64) -> String {
    // Microseconds over a million: exact enough, and without an exponent.
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000).trim_end_matches('0').trim_end_matches('.').to_owned()
}
