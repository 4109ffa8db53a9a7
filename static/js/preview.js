// Previews follow what is typed: text with coloured links, the card of a link, and the pictures in their order.
import { cut, pieces } from "./counter.js";

const MOST_PICTURES = 4;

function write(place, text, tables) {
  place.replaceChildren(
    ...pieces(text, tables).map((piece) => {
      if (!piece.isLink) return document.createTextNode(piece.text);
      const link = document.createElement("span");
      link.className = "preview-link";
      link.textContent = piece.text;
      return link;
    }),
  );
}

function card(preview, link, hasMedia) {
  const place = preview.querySelector("[data-preview-card]");
  if (!place) return;
  place.hidden = !link || hasMedia || preview.dataset.link === "hidden";
  try {
    place.querySelector("[data-preview-domain]").textContent = new URL(link).host.replace(/^www\./u, "");
  } catch {
    place.hidden = true;
  }
}

// What a preview shows of the list of files: pictures as they are, films as a sign of the list.
export function showFiles(preview, files) {
  const place = preview.querySelector("[data-preview-media]");
  place.className = `preview-media preview-media-${files.length}`;
  place.replaceChildren(
    ...files.slice(0, MOST_PICTURES).map((file) => {
      if (file.dataset.kind !== "image") {
        const film = document.createElement("span");
        film.className = "preview-film";
        film.append(file.querySelector(".file-thumb .icon").cloneNode(true));
        return film;
      }
      const picture = document.createElement("img");
      picture.src = file.dataset.src;
      picture.alt = file.querySelector("input[name^=alt-]").value;
      return picture;
    }),
  );
}

export function show(preview, { title, text, link, files }, tables) {
  const [seen, more] = cut(preview.dataset.preview, text, tables);
  write(preview.querySelector("[data-preview-text]"), seen, tables);
  preview.querySelector("[data-preview-more]").hidden = !more;
  preview.querySelector("[data-preview-title]").textContent = title;
  card(preview, link, files.length > 0);
}
