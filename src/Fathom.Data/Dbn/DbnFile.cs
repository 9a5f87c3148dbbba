using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Market.Universe;

namespace Fathom.Data.Dbn;

/// <summary>Opens DBN files: plain or zstd, whole or fragments.</summary>
public static class DbnFile
{
    /// <summary>Opens a file as messages.</summary>
    /// <param name="path">A DBN file; compressed ones are recognised by their bytes.</param>
    /// <param name="options">How to read it; null = the whole file.</param>
    /// <param name="registry">Gives the instruments' ids; shared when several files are merged; null = one of its own.</param>
    /// <exception cref="InputException">Not readable, not DBN, a legacy or unknown version, a damaged header.</exception>
    public static DbnSource Open(string path, DbnReadOptions? options = null, InstrumentRegistry? registry = null)
    {
        options ??= DbnReadOptions.Default;
        registry ??= new InstrumentRegistry();
        if (options.Definitions is string definitions) DbnDefinitionsFile.Read(definitions, registry);
        return new DbnSource(DbnBytes.Open(path, options), registry, options);
    }
}
