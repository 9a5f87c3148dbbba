using Fathom.Data.Files;
using Fathom.Data.Parquet;
using Fathom.Domain;

namespace Fathom.Host.FeatureTables;

/// <summary>Where a table goes: its name says in which form. Rows are collected beside it, and it appears when it is whole.</summary>
internal sealed class FeatureTableFile : IDisposable
{
    private const string CsvEnding = ".csv", ParquetEnding = ".parquet";

    private FeatureTableFile(string path) => Path = path;

    /// <summary>As the user wrote it.</summary>
    public string Path { get; }

    /// <summary>The rows while they are collected; of a Parquet file, until this is disposed.</summary>
    public string Rows => Path + ".rows.csv";

    /// <summary>The rows of the complete table.</summary>
    public string Csv => IsParquet ? Rows : Path;

    /// <summary>For rows of another computation.</summary>
    public string Scratch => Path + ".probe.csv";

    public string Manifest => Path + ".manifest.json";

    public string StabilityPage => Path + ".stability.html";

    public string StabilityJson => Path + ".stability.json";

    public bool IsParquet => Path.EndsWith(ParquetEnding, StringComparison.Ordinal);

    /// <param name="inputs">Files that are read; null = nothing.</param>
    /// <exception cref="InputException">The name has another ending, nothing can be written there, or what writes it is not on this machine.</exception>
    public static FeatureTableFile Create(string path, IEnumerable<string?> inputs)
    {
        FeatureTableFile file = new(path);
        if (!file.IsParquet && !path.EndsWith(CsvEnding, StringComparison.Ordinal))
            throw new InputException("--out", path.Length == 0 ? "nothing" : $"'{path}'", $"a file whose name ends with {CsvEnding} or {ParquetEnding}", $"Write --out features{CsvEnding}.");
        foreach (string written in (string[])[path, file.Rows, file.Scratch, file.Manifest, file.StabilityPage, file.StabilityJson]) OutputFile.RefuseInputs(written, [.. inputs]);
        using (OutputFile.Create(path)) { }      // says what is wrong before the work, and leaves nothing
        if (file.IsParquet) ParquetFile.Require();
        return file;
    }

    /// <summary>Gives the rows their form and name.</summary>
    public void Complete(FeatureTableColumns columns)
    {
        if (!IsParquet)
        {
            File.Move(Rows, Path, overwrite: true);
            return;
        }
        IEnumerable<(string, ParquetType)> types = columns.All.Select(column => (column.Name, column.IsTime ? ParquetType.Time : ParquetType.Number));
        ParquetFile.FromCsv(Rows, Path, [("time", ParquetType.Time), ("instrument", ParquetType.Text), .. types]);
    }

    public void Dispose() => File.Delete(Rows);
}
