// Shows the description of the API, with forms to try it; a signed-in person's changes carry the CSRF token.
const place = document.getElementById("description");
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

window.SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [window.SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  docExpansion: "none",
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers["X-CSRFToken"] = token();
    return request;
  },
});
