using Fathom.Data.Dbn;

namespace Fathom.Data.Markets;

/// <summary>The market data of a run.</summary>
public sealed record MarketOptions
{
    /// <summary>At least one; at equal times they come in this order.</summary>
    public required IReadOnlyList<MarketFile> Files { get; init; }

    /// <summary>Instruments and times that are wanted.</summary>
    public required DbnReadOptions Reading { get; init; }

    /// <summary>For messages: the file, or the first one and how many more.</summary>
    public string Name => NameOf(Files[0].Path);

    /// <summary>As <see cref="Name"/>, without the folder.</summary>
    public string Title => NameOf(Path.GetFileName(Files[0].Path));

    /// <summary>One file.</summary>
    public static MarketOptions Of(string path, DbnReadOptions reading) => new() { Files = [new MarketFile(path, "data")], Reading = reading };

    private string NameOf(string first) => Files.Count switch
    {
        1 => first,
        2 => $"{first} and another file",
        _ => $"{first} and {Files.Count - 1} other files",
    };
}
