package io.vitae.bench;

/**
 * What a generator of load saw.
 *
 * @param requests how many were answered
 * @param seconds for how long
 * @param p50 median of the latency, µs
 * @param p99 µs
 * @param errors answers with another status than 2xx or 3xx, and failures of connections
 */
record LoadResult(long requests, double seconds, double p50, double p99, long errors) {
  double perSecond() {
    return requests / seconds;
  }
}
