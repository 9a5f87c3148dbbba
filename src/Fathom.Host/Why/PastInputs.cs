using System.Text.Json;
using Fathom.Domain;
using Fathom.Host.Runs;
using Fathom.Host.Sessions;

namespace Fathom.Host.Why;

/// <summary>Holds the files that a run's configuration names to those that the run read, by their content.</summary>
internal static class PastInputs
{
    private const string Fix = "Bring back the file that the run read, or correct its path in config.toml if it lies elsewhere now. Or run again on what is there, to another folder; 'fathom backtest --record' keeps a run that needs no data.";

    /// <param name="folder">The run's.</param>
    /// <exception cref="InputException">A file is missing, is another one, or could be read once only; or nobody knows what it was.</exception>
    public static void Require(string folder, BacktestSettings settings, CancellationToken stop)
    {
        Dictionary<string, RunInput> then = Read(Path.Combine(folder, RunFolder.Summary));
        foreach ((string role, string file) in settings.DataFiles)
        {
            if (!then.TryGetValue(role, out RunInput? expected))
                throw new InputException(Path.Combine(folder, RunFolder.Summary), $"nothing about {role}", $"the hash of {file}", "The configuration is another one than that of the run: bring it back.");
            if (expected.Hash.Length == 0)
                throw new InputException(file, $"a stream, which the run read as {role}", "a file that can be read again", "Record such a run: fathom backtest CONFIG --record DIR, and name that folder.");
            if (!File.Exists(file)) throw new InputException(file, "no such file", $"{role} of the run, {expected.Bytes} bytes with the hash {expected.Hash}", Fix);
            RunInput now = InputHashes.Of(role, file, stop);
            if (now.Hash != expected.Hash)
                throw new InputException(file, $"other content than the run read as {role}: {now.Bytes} bytes with the hash {now.Hash}", $"{expected.Bytes} bytes with the hash {expected.Hash}", Fix);
        }
    }

    private static Dictionary<string, RunInput> Read(string path)
    {
        Dictionary<string, RunInput> inputs = new(StringComparer.Ordinal);
        try
        {
            using JsonDocument summary = JsonDocument.Parse(File.ReadAllBytes(path));
            if (summary.RootElement.TryGetProperty("inputs", out JsonElement list))
                foreach (JsonElement input in list.EnumerateArray())
                    inputs[input.GetProperty("role").GetString()!] = new RunInput("", "", input.GetProperty("bytes").GetInt64(), input.GetProperty("hash").GetString()!);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException(path, $"no summary of a run ({failure.Message})", "the summary.json of a run", "Bring it back as the run wrote it.");
        }
        if (inputs.Count > 0) return inputs;
        throw new InputException(path, "no inputs: the run was a replay, or an older Fathom's", "the hashes of the files that it read", "Name the recording, or run it again: fathom backtest " + Path.Combine(Path.GetDirectoryName(path)!, RunFolder.Configuration));
    }
}
