// How figures are written: Peruvian format (1,234.56), half up as the reports print.
// Belongs here: text of one figure. Does not: which figure, or a rule.
window.Semaforo = { secciones: {} };
(function (S) {
  'use strict';
  const NADA = '—';
  const ESCALA = 9; // A mean of means carries binary noise below the ninth decimal.

  // Rounded in decimals, from the shortest text of the number: 12345678.905 is a hair below it.
  function redondeado(x, decimales) {
    const texto = String(Math.abs(x));
    const [entera, fraccion = ''] = (texto.includes('e') ? Math.abs(x).toFixed(ESCALA) : texto).split('.');
    const quitar = (numero, cuantas) => (cuantas > 0 ? (numero + 5n * 10n ** BigInt(cuantas - 1)) / 10n ** BigInt(cuantas) : numero);
    const escalado = quitar(BigInt(entera + fraccion.padEnd(ESCALA, '0')), fraccion.length - ESCALA);
    const entero = quitar(escalado, ESCALA - decimales);
    const cifras = entero.toString().padStart(decimales + 1, '0');
    const corte = cifras.length - decimales;
    const signo = x < 0 && entero > 0n ? '−' : '';
    return { signo, miles: cifras.slice(0, corte), resto: cifras.slice(corte) };
  }

  function numero(x, decimales, fijo) {
    if (x === null || x === undefined) return NADA;
    const { signo, miles, resto } = redondeado(x, decimales);
    const fraccion = fijo ? resto : resto.replace(/0+$/, '');
    return signo + miles.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (fraccion ? '.' + fraccion : '');
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
