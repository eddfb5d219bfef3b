import Retort

var app = App()
app.get("/") { "Hello, World!" }
try await app.run()
