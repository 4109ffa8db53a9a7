// What unfold's templates expect in their scope. Alpine's build for a strict policy reads no globals, so they stand here.
(() => {
  const stored = {
    getItem: (key) => window.localStorage.getItem(key),
    setItem: (key, value) => window.localStorage.setItem(key, value),
  };
  const place = {
    get pathname() { return window.location.pathname; },
    get search() { return window.location.search; },
    get hash() { return window.location.hash; },
    get href() { return window.location.href; },
    set href(address) { window.location.assign(address); },
  };

  document.addEventListener("alpine:init", () => {
    window.Alpine.data("admin", () => ({
      openModal: false,
      filterOpen: false,
      localStorage: stored,
      window: { location: place },
      openFilters() {
        this.filterOpen = true;
        this.$nextTick(() => document.querySelector("#changelist-filter :is(a, select, input:not([type=hidden]))")?.focus());
      },
      closeFilters() {
        this.filterOpen = false;
        this.$nextTick(() => document.getElementById("filters-open")?.focus());
      },
    }));
    window.Alpine.data("page", () => ({
      activeTab: "",
      sidebarMobileOpen: false,
      sidebarDesktopOpen: stored.getItem("sidebarDesktopOpen") !== "0",
      init() {
        const named = window.location.hash.replace("#", "");
        const known = named && document.getElementById(`${named}-group`);
        this.activeTab = known ? named : document.body.dataset.tab || "";
        this.$watch("sidebarDesktopOpen", (open) => stored.setItem("sidebarDesktopOpen", open ? "1" : "0"));
      },
      toggleSidebar() {
        this.sidebarDesktopOpen = !this.sidebarDesktopOpen;
      },
    }));
    window.Alpine.data("searchForm", () => ({
      applyShortcut(event) {
        const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
        if (event.key === "/" && !typing) {
          event.preventDefault();
          this.$refs.searchInput.focus();
        }
      },
    }));
  });
})();
