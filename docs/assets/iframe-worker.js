// Browsers start no Worker from a file. The search's worker then runs in a hidden frame of the page; nothing is fetched from elsewhere.
// The file's name is that by which the theme's offline plugin knows that it need not link to a copy on the web.
if (location.protocol === "file:") {
  window.IFrameWorker = window.Worker = class extends EventTarget {
    constructor(address) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      this.inside = new Promise(ready => {
        frame.onload = () => ready(frame.contentWindow)
      })
      frame.srcdoc = `<script>postMessage = data => parent.dispatchEvent(new CustomEvent("answer", { detail: data }))</script>
        <script src="${address}"></script>`
      window.addEventListener("answer", ({ detail }) => this.dispatchEvent(new MessageEvent("message", { data: detail })))
      document.documentElement.append(frame)
    }

    async postMessage(data) {
      const inside = await this.inside
      inside.dispatchEvent(new inside.MessageEvent("message", { data }))
    }
  }
}
