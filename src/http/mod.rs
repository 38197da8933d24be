//! The HTTP API and the pages: alone knows status codes. Handlers extract, call one `app` method, convert.
