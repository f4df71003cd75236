// How figures are written: Peruvian format (1,234.56), half up as the reports print.
// Belongs here: text of one figure. Does not: which figure, or a rule.
window.Semaforo = { secciones: {} };
(function (S) {
  'use strict';
  const NADA = '—';
  const ESCALA = 9; // A mean of means carries binary noise below the ninth decimal.

  // toFixed alone rounds the binary value: 56.245 may be a hair below its text.
  function redondeado(x, decimales) {
    const texto = Math.abs(x).toFixed(ESCALA).replace('.', '');
    const paso = 10n ** BigInt(ESCALA - decimales);
    const entero = (BigInt(texto) + paso / 2n) / paso;
    const cifras = entero.toString().padStart(decimales + 1, '0');
    const corte = cifras.length - decimales;
    const signo = x < 0 && entero > 0n ? '−' : '';
    return { signo, entera: cifras.slice(0, corte), fraccion: cifras.slice(corte) };
  }

  function numero(x, decimales, fijo) {
    if (x === null || x === undefined) return NADA;
    const { signo, entera, fraccion } = redondeado(x, decimales);
    const miles = entera.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    const resto = fijo ? fraccion : fraccion.replace(/0+$/, '');
    return signo + miles + (resto ? '.' + resto : '');
  }

  function fecha(iso) {
    return iso ? iso.slice(0, 10).split('-').reverse().join('/') : NADA;
  }

  const MONEDAS = { PEN: 'S/', BOB: 'Bs' };

  S.f = {
    NADA,
    entero: (x) => numero(x, 0, true),
    cantidad: (x) => numero(x, 4, false),
    pct: (x) => (x === null || x === undefined ? NADA : numero(x, 2, true) + ' %'),
    puntos: (x) => numero(x, 2, true),
    dinero: (x) => numero(x, 2, true),
    cuantos: (n, uno, varios) => `${numero(n, 0, true)} ${n === 1 ? uno : varios}`,
    moneda: (codigo) => MONEDAS[codigo] || codigo,
    fecha,
    palabras: (codigo) => (codigo ? codigo.replace(/_/g, ' ') : NADA),
    mayuscula: (texto) => texto.charAt(0).toUpperCase() + texto.slice(1),
    // Search does not care for accents or capitals.
    llano: (texto) => texto.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase(),
  };
})(window.Semaforo);
