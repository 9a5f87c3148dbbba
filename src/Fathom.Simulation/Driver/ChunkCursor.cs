namespace Fathom.Simulation.Driver;

/// <summary>A place between two messages in a <see cref="ChunkQueue"/>.</summary>
internal struct ChunkCursor
{
    /// <summary>Number of the chunk, 0, 1, 2 … over the run.</summary>
    public long Chunk { get; private set; }

    public int Offset { get; private set; }

    /// <summary>Bytes of the stream before this place.</summary>
    public long Position { get; private set; }

    public void Advance(int bytes)
    {
        Offset += bytes;
        Position += bytes;
    }

    public void NextChunk()
    {
        Chunk++;
        Offset = 0;
    }
}
