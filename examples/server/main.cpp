// Serves policies over HTTP: the same bits as the notebook's, from one immutable file.

#include <csignal>
#include <cstdio>
#include <exception>
#include <thread>

#include <zeroskew/version.hpp>
#include "http_server.hpp"
#include "log.hpp"
#include "options.hpp"
#include "service.hpp"

int main(int count, char** arguments) {
  // Threads inherit the mask: only sigwait below takes these.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // A client that went away and a disk that is full are errors of a call, not ends of the process.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    const server::Options options = server::parse_options(count, arguments);
    server::Log log;
    server::Service service(options, log);
    server::HttpServer http(options.http, service);
    service.start_export();
    log.info("listening")
        .add("address", options.http.address)
        .add("port", http.port())
        .add("threads", options.http.threads)
        .add("version", zeroskew::version);
    int signal = 0;
    sigwait(&signals, &signal);
    log.info("draining").add("signal", static_cast<unsigned>(signal));
    service.drain();
    http.farewell();
    std::this_thread::sleep_for(options.drain_delay);
    http.drain(options.grace);
    http.join();
    service.stop();
    (void)log.info("stopped");
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "zeroskew-server: %s\n", error.what());
    return 2;
  }
}
