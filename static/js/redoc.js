// Shows the description of the API to read. Its search wants a worker from a blob, which the policy forbids: it is off.
const place = document.getElementById("description");

window.Redoc.init(place.dataset.schema, { disableSearch: true, hideDownloadButton: false, expandResponses: "" }, place);
