// The page's data: columns once, then values, made into rows; see packed() in reading.py.
(function (S) {
  'use strict';
  S.d = JSON.parse(document.getElementById('datos').textContent);

  S.filas = function filas(tabla) {
    return tabla.f.map((valores) => {
      const fila = {};
      tabla.c.forEach((columna, lugar) => {
        const palabras = tabla.t[columna];
        const valor = valores[lugar];
        fila[columna] = palabras && valor !== null ? palabras[valor] : valor;
      });
      return fila;
    });
  };

  S.grupos = function grupos(filas, clave) {
    const mapa = new Map();
    for (const fila of filas) {
      const valor = typeof clave === 'function' ? clave(fila) : fila[clave];
      if (!mapa.has(valor)) mapa.set(valor, []);
      mapa.get(valor).push(fila);
    }
    return mapa;
  };

  S.por = function por(filas, clave) {
    return new Map(filas.map((fila) => [typeof clave === 'function' ? clave(fila) : fila[clave], fila]));
  };

  S.mes = (numero) => (S.d.meses || {})[numero] || String(numero);

  const dia = document.getElementById('al-dia');
  if (window.PUBLICACION && window.PUBLICACION.fecha_reporte) {
    dia.textContent = 'Datos al ' + S.f.fecha(window.PUBLICACION.fecha_reporte);
  }
})(window.Semaforo);
