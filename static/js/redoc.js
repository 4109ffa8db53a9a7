// Shows the description of the API to read. Its search wants a worker from a blob, which the policy forbids: it is off.
const place = document.getElementById("description");
const create = document.createElement.bind(document);

// Its footer would load a logo from elsewhere, which the policy forbids as well: its pictures stay empty.
document.createElement = (name, options) => {
  const made = create(name, options);
  if (name === "img") Object.defineProperties(made, { setAttribute: { value: () => {} }, src: { set: () => {} } });
  return made;
};

window.Redoc.init(place.dataset.schema, { disableSearch: true }, place);
