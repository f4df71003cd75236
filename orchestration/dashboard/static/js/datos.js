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

  // The code of an entity or plan whose name another has too: only there does a name not tell which.
  S.homonimos = function homonimos(planes) {
    const unico = (nombre, codigo) => {
      const usados = S.grupos(planes, nombre);
      return (f) => (new Set(usados.get(nombre(f)).map((otro) => otro[codigo])).size > 1 ? f[codigo] : null);
    };
    return {
      entidad: unico((f) => f.entidad.toLowerCase(), 'entidad_id'),
      plan: unico((f) => `${f.entidad_id} ${f.nombre.toLowerCase()}`, 'plan_id'),
    };
  };

  S.mes = (numero) => (S.d.meses || {})[numero] || String(numero);

  const dia = document.getElementById('al-dia');
  if (window.PUBLICACION && window.PUBLICACION.fecha_reporte) {
    dia.textContent = 'Datos al ' + S.f.fecha(window.PUBLICACION.fecha_reporte);
  }
})(window.Semaforo);
