// The dialog that answers «why?»: opened by any figure, one question leading to the next.
(function (S) {
  'use strict';
  const h = S.h;
  const pila = [];
  let desde = null;

  const dialogo = () => document.getElementById('porque');

  function mostrar() {
    const vista = pila[pila.length - 1]();
    S.vaciar(dialogo(),
      h('div', { class: 'porque-cabeza' },
        pila.length > 1 && h('button', { type: 'button', class: 'porque-volver', onclick: volver }, '‹ Volver'),
        h('button', { type: 'button', class: 'porque-cerrar', 'aria-label': 'Cerrar', onclick: () => dialogo().close() }, '×')),
      vista.antetitulo && h('p', { class: 'antetitulo' }, vista.antetitulo),
      h('h2', { id: 'porque-titulo', tabindex: '-1' }, vista.titulo),
      vista.cifra && h('div', { class: 'porque-cifra' }, vista.cifra),
      (vista.regla || []).filter(Boolean).length > 0 &&
        h('div', { class: 'porque-regla' }, h('h3', {}, 'La regla'), vista.regla.filter(Boolean).map((frase) => h('p', {}, frase))),
      h('div', { class: 'porque-cuerpo' }, vista.cuerpo));
    dialogo().scrollTop = 0;
    document.getElementById('porque-titulo').focus({ preventScroll: true });
  }

  function volver() {
    pila.pop();
    mostrar();
  }

  // vista: () → {antetitulo, titulo, cifra, regla: [sentences], cuerpo: nodes}
  S.preguntar = function preguntar(vista) {
    const caja = dialogo();
    pila.push(vista);
    if (!caja.open) {
      desde = document.activeElement;
      caja.showModal();
      caja.addEventListener('close', () => {
        pila.length = 0;
        if (desde && desde.isConnected) desde.focus();
      }, { once: true });
      caja.onclick = (suceso) => { if (suceso.target === caja) caja.close(); };
    }
    mostrar();
  };

  // A figure that can be asked.
  S.cifra = function cifra(texto, vista, clase) {
    return h('button', {
      type: 'button', class: `cifra ${clase || ''}`, 'aria-haspopup': 'dialog',
      title: '¿Por qué?', onclick: () => S.preguntar(vista),
    }, texto, h('span', { class: 'oculto' }, ', ¿por qué?'));
  };

  S.datos = (pares) => h('dl', { class: 'pares' }, pares.filter(Boolean).map(([nombre, valor]) =>
    [h('dt', {}, nombre), h('dd', {}, valor)]));
})(window.Semaforo);
