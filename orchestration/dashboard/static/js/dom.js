// Elements from data: every text goes in as text, never as markup.
(function (S) {
  'use strict';

  // h('td', {class: 'num', onclick: f}, 'text', node, [nodes])
  S.h = function h(nombre, atributos, ...hijos) {
    const el = document.createElement(nombre);
    for (const [clave, valor] of Object.entries(atributos || {})) {
      if (valor === null || valor === undefined || valor === false) continue;
      if (clave.startsWith('on')) el.addEventListener(clave.slice(2), valor);
      else if (clave === 'style') el.style.cssText = valor;
      else el.setAttribute(clave, valor === true ? '' : valor);
    }
    S.poner(el, hijos);
    return el;
  };

  S.poner = function poner(el, hijos) {
    for (const hijo of [hijos].flat(Infinity)) {
      if (hijo === null || hijo === undefined || hijo === false) continue;
      el.append(hijo instanceof Node ? hijo : String(hijo));
    }
    return el;
  };

  S.vaciar = function vaciar(el, ...hijos) {
    el.replaceChildren();
    return S.poner(el, hijos);
  };

  // A list to choose from: [[value, text], …].
  S.selector = function selector(etiqueta, opciones, valor, alCambiar) {
    const lista = S.h(
      'select',
      { onchange: (suceso) => alCambiar(suceso.target.value) },
      opciones.map(([clave, texto]) =>
        S.h('option', { value: clave, selected: String(clave) === String(valor) }, texto)),
    );
    return S.h('label', { class: 'campo' }, S.h('span', {}, etiqueta), lista);
  };

  S.buscador = function buscador(etiqueta, ayuda, alCambiar) {
    let espera;
    const campo = S.h('input', {
      type: 'search', placeholder: ayuda, autocomplete: 'off',
      oninput: (suceso) => {
        clearTimeout(espera);
        espera = setTimeout(() => alCambiar(S.f.llano(suceso.target.value.trim())), 80);
      },
    });
    return S.h('label', { class: 'campo campo-busca' }, S.h('span', {}, etiqueta), campo);
  };
})(window.Semaforo);
