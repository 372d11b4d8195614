/* Answers for the note form alone when there is no network: the page and its styles as they were last seen. */
"use strict";
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });
self.addEventListener("fetch", function (event) {
  if (event.request.method !== "GET") { return; }
  event.respondWith(fetch(event.request).catch(function () {
    return caches.match(event.request, { ignoreSearch: true, ignoreVary: true }).then(function (kept) { return kept || Response.error(); });
  }));
});
