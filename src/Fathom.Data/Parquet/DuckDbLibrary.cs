using System.Runtime.InteropServices;
using System.Text;
using Fathom.Domain;

namespace Fathom.Data.Parquet;

/// <summary>The functions of DuckDB's C library that Fathom uses. Loaded on first use, so a machine without it can do everything else.</summary>
internal sealed unsafe class DuckDbLibrary
{
    /// <summary>Names the library where it is in none of the usual places.</summary>
    private const string Variable = "FATHOM_DUCKDB";

    private const string FileName = "libduckdb.so";

    /// <summary>Of duckdb_result, in 8-byte words, with room.</summary>
    private const int ResultWords = 16;

    private static readonly Lazy<DuckDbLibrary> s_shared = new(static () => new DuckDbLibrary(Candidates()));

    private readonly delegate* unmanaged<byte*, nint*, int> _open;
    private readonly delegate* unmanaged<nint*, void> _close;
    private readonly delegate* unmanaged<nint, nint*, int> _connect;
    private readonly delegate* unmanaged<nint*, void> _disconnect;
    private readonly delegate* unmanaged<nint, byte*, void*, int> _query;
    private readonly delegate* unmanaged<void*, byte*> _error;
    private readonly delegate* unmanaged<void*, void> _destroy;

    /// <param name="candidates">Paths, and names that the system looks for; the first that loads is taken.</param>
    /// <exception cref="InputException">There is no such library here, or it is not DuckDB's.</exception>
    internal DuckDbLibrary(IEnumerable<string> candidates)
    {
        nint library = 0;
        foreach (string candidate in candidates)
            if (NativeLibrary.TryLoad(candidate, out library)) break;
        if (library == 0) throw Missing();
        _open = (delegate* unmanaged<byte*, nint*, int>)Export(library, "duckdb_open");
        _close = (delegate* unmanaged<nint*, void>)Export(library, "duckdb_close");
        _connect = (delegate* unmanaged<nint, nint*, int>)Export(library, "duckdb_connect");
        _disconnect = (delegate* unmanaged<nint*, void>)Export(library, "duckdb_disconnect");
        _query = (delegate* unmanaged<nint, byte*, void*, int>)Export(library, "duckdb_query");
        _error = (delegate* unmanaged<void*, byte*>)Export(library, "duckdb_result_error");
        _destroy = (delegate* unmanaged<void*, void>)Export(library, "duckdb_destroy_result");
    }

    /// <exception cref="InputException">DuckDB's library is not there.</exception>
    public static DuckDbLibrary Shared => s_shared.Value;

    /// <summary>Runs statements in a database of their own, in memory.</summary>
    /// <exception cref="IOException">One of them failed.</exception>
    public void Run(params ReadOnlySpan<string> statements)
    {
        nint database = 0, connection = 0;
        if (_open(null, &database) != 0) throw new IOException("DuckDB does not open a database in memory.");
        try
        {
            if (_connect(database, &connection) != 0) throw new IOException("DuckDB does not connect to its database.");
            foreach (string statement in statements) Run(connection, statement);
        }
        finally
        {
            _disconnect(&connection);
            _close(&database);
        }
    }

    private void Run(nint connection, string statement)
    {
        ulong* result = stackalloc ulong[ResultWords];
        new Span<ulong>(result, ResultWords).Clear();
        fixed (byte* text = Encoding.UTF8.GetBytes(statement + '\0'))
        {
            int state = _query(connection, text, result);
            string error = state == 0 ? "" : Marshal.PtrToStringUTF8((nint)_error(result)) ?? "an error without a text";
            _destroy(result);
            if (state != 0) throw new IOException($"DuckDB: {error}");
        }
    }

    /// <summary>What the variable names; else what './test --install' left above the program; else what the system finds.</summary>
    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            yield return named;
            yield break;
        }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent) yield return Path.Combine(folder.FullName, "native", FileName);
        yield return FileName;
    }

    private static nint Export(nint library, string function) => NativeLibrary.TryGetExport(library, function, out nint address) ? address : throw Missing();

    private static InputException Missing() => new(
        "parquet", $"no {FileName} on this machine", "DuckDB's library, which writes .parquet files",
        $"Run './test --install', which brings it, or set {Variable} to its path; it is in the npm package @duckdb/node-bindings-linux-x64. A .csv file needs no library.");
}
