using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Host.Terminal;
using Fathom.Simulation.Generator;

namespace Fathom.Host.Sessions;

/// <summary>Writes a synthetic market to a file.</summary>
public static class GeneratedMarket
{
    private const int BlockLength = 128 * 1024;      // stays in the cache between the generator and the writer

    /// <summary>Generates a whole market into a DBN file, which appears when it is complete.</summary>
    /// <param name="path">Ends with ".dbn" or ".dbn.zst".</param>
    /// <returns>What was made.</returns>
    /// <exception cref="InputException">An option is out of range, or the file cannot be written.</exception>
    public static GeneratorSummary Write(GeneratorOptions options, string path, Screen screen, CancellationToken stop)
    {
        using MarketGenerator market = new(options);
        using DbnWriter file = DbnWriter.Create(path);
        byte[] block = GC.AllocateArray<byte>(BlockLength, pinned: true);
        using (Progress progress = screen.StartProgress("Generating"))
        {
            for (int length = market.Read(block); length > 0; length = market.Read(block))
            {
                stop.ThrowIfCancellationRequested();
                file.Write(block.AsSpan(0, length));
                progress.Update(file.MessageCount, market.Progress);
            }
        }
        file.Complete();
        return market.Summary;
    }
}
