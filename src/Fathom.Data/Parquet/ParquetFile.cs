using Fathom.Domain;

namespace Fathom.Data.Parquet;

/// <summary>Parquet files, by DuckDB's library.</summary>
public static class ParquetFile
{
    /// <exception cref="InputException">The library is not on this machine.</exception>
    public static void Require() => _ = DuckDbLibrary.Shared;

    /// <summary>Makes a Parquet file of a CSV file with a row of names; it appears when it is whole. Rows keep their order.</summary>
    /// <param name="columns">All of them, in the file's order.</param>
    /// <exception cref="InputException">The library is not on this machine.</exception>
    /// <exception cref="IOException">A field is not what its column holds, or the file cannot be written.</exception>
    public static void FromCsv(string csv, string path, IReadOnlyList<(string Name, ParquetType Type)> columns)
    {
        string partial = path + ".partial", types = string.Join(", ", columns.Select(column => $"{Text(column.Name)}: '{TypeOf(column.Type)}'"));
        try
        {
            // Without detection a column is what it is said to be, whatever its first rows look like.
            DuckDbLibrary.Shared.Run(
                "SET preserve_insertion_order = true",
                $"COPY (SELECT * FROM read_csv({Text(csv)}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', columns = {{{types}}})) TO {Text(partial)} (FORMAT parquet)");
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Makes a CSV file of a Parquet file, for whoever reads it by other means.</summary>
    /// <exception cref="InputException">The library is not on this machine.</exception>
    /// <exception cref="IOException">It is no Parquet file, or the other cannot be written.</exception>
    public static void ToCsv(string path, string csv) => DuckDbLibrary.Shared.Run($"COPY (SELECT * FROM read_parquet({Text(path)})) TO {Text(csv)} (FORMAT csv, HEADER)");

    private static string TypeOf(ParquetType type) => type switch
    {
        ParquetType.Time => "TIMESTAMP_NS",
        ParquetType.Text => "VARCHAR",
        _ => "DOUBLE",
    };

    private static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
