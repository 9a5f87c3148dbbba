using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Ports;
using Fathom.Engine.Loop;
using Fathom.Engine.Loop.CarryOver;

namespace Fathom.Host.Runs;

/// <summary>What a run leaves to the next, as <c>carry-over.fathom</c>: the messages of a carry-over, back to back.</summary>
public static class CarryOverFile
{
    private const string Kind = "the carry-over.fathom of an earlier run";
    private const long LengthMax = 1L << 30;

    /// <summary>Writes the file as the engine stands.</summary>
    public static void Write(RunFolder folder, TradingEngine engine)
    {
        using MemoryStream block = new();
        engine.WriteCarryOver(new ToStream(block));
        folder.Write(RunFolder.CarryOver, block);
    }

    /// <summary>Where it is: the file itself, or the folder of the run that wrote it.</summary>
    public static string PathIn(string path) => Directory.Exists(path) ? Path.Combine(path, RunFolder.CarryOver) : path;

    /// <summary>Reads it whole.</summary>
    /// <exception cref="InputException">There is none, or it is not as a run wrote it.</exception>
    public static CarryOverBlock Read(string path)
    {
        using FileStream file = InputFile.Open(path, Kind);
        if (file.CanSeek && file.Length > LengthMax) throw new InputException(path, $"a file of {file.Length:N0} bytes", Kind, "Name another file.");
        using MemoryStream block = new();
        try
        {
            file.CopyTo(block);
        }
        catch (IOException failure)
        {
            throw new InputException(path, $"a read error ({failure.Message})", Kind, "Check the disk.");
        }
        return CarryOverBlock.Parse(path, block.GetBuffer().AsSpan(0, (int)block.Length));
    }

    private sealed class ToStream(Stream to) : IMessageSink
    {
        public void Write(ReadOnlySpan<byte> messages) => to.Write(messages);
    }
}
