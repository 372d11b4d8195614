/* The live part of a page: never replaced under somebody's hands, paused while nobody looks, honest when cut off.
   Without this file the page is complete and simply does not refresh by itself. */
(function () {
  "use strict";
  function live(event) {
    var target = event.detail.elt;
    return target && target.closest ? target.closest("[data-live]") : null;
  }
  function busy(part) {
    var selection = document.getSelection();
    return part.contains(document.activeElement) ||
      (selection && !selection.isCollapsed && part.contains(selection.anchorNode));
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var part = live(event);
    if (part && (document.hidden || busy(part))) { event.preventDefault(); }
  });
  function stale(event) {
    var part = live(event);
    if (!part) { return; }
    var line = part.querySelector(".stale");
    if (line && line.textContent !== part.dataset.stale) { line.textContent = part.dataset.stale; }
  }
  document.addEventListener("htmx:afterRequest", function (event) {
    var part = live(event), line = part && part.querySelector(".stale");
    if (line && event.detail.successful && line.textContent) { line.textContent = ""; }
  });
  document.addEventListener("htmx:sendError", stale);
  document.addEventListener("htmx:responseError", stale);
  document.addEventListener("htmx:timeout", stale);
})();
