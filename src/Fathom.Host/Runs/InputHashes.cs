using Fathom.Data.Files;
using Fathom.Domain.Hashing;

namespace Fathom.Host.Runs;

/// <summary>Hashes the files that a run reads, on a thread beside it: the pages that the one has read the other finds in memory, so that whoever comes first reads for both.</summary>
internal sealed class InputHashes : IDisposable
{
    private const int BlockLength = 1 << 20;

    private readonly CancellationTokenSource _stop = new();
    private readonly Task<Dictionary<string, RunInput>> _task;

    private InputHashes(IReadOnlyList<string> files)
    {
        CancellationToken stop = _stop.Token;
        _task = Task.Factory.StartNew(() => files.ToDictionary(file => file, file => Of("", file, stop), StringComparer.Ordinal), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <param name="inputs">Files with their roles; one that is there twice is read once.</param>
    public static InputHashes Start(IEnumerable<(string Role, string File)> inputs) => new([.. inputs.Select(input => input.File).Distinct(StringComparer.Ordinal)]);

    /// <summary>What a file is now.</summary>
    /// <exception cref="Fathom.Domain.InputException">There is none, or it cannot be opened.</exception>
    public static RunInput Of(string role, string file, CancellationToken stop)
    {
        if (!IsPlain(file)) return new RunInput(role, file, 0, "");
        using FileStream stream = InputFile.Open(file, "a file that the run read");
        Xxh3 hash = new();
        byte[] block = GC.AllocateUninitializedArray<byte>(BlockLength);
        long bytes = 0;
        for (int length = stream.Read(block); length > 0; length = stream.Read(block))
        {
            stop.ThrowIfCancellationRequested();
            hash.Append(block.AsSpan(0, length));
            bytes += length;
        }
        return new RunInput(role, file, bytes, hash.Finish().ToString());
    }

    /// <summary>The hashes of files that were started with; waits until they are there.</summary>
    public IReadOnlyList<RunInput> Finish(IEnumerable<(string Role, string File)> inputs)
    {
        Dictionary<string, RunInput> hashes = _task.GetAwaiter().GetResult();
        return [.. inputs.Select(input => hashes[input.File] with { Role = input.Role })];
    }

    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _task.Wait();
        }
        catch (AggregateException)
        {
            // The run has said what is wrong, or was stopped: nobody asks for the hashes any more.
        }
        _stop.Dispose();
    }

    /// <summary>A pipe has no length, and can be read once only: the run does.</summary>
    private static bool IsPlain(string file) => !file.StartsWith("/dev/", StringComparison.Ordinal) && (!File.Exists(file) || new FileInfo(file).Length > 0);
}
