import { render } from "preact";
import "./app.css";

function App() {
  return (
    <main>
      <h1>wwep console</h1>
    </main>
  );
}

const root = document.getElementById("app");
if (root) render(<App />, root);
