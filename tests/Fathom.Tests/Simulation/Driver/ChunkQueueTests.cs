using Fathom.Domain.Messages;
using Fathom.Simulation.Driver;
using Fathom.Tests.Simulation.Venue;

namespace Fathom.Tests.Simulation.Driver;

public class ChunkQueueTests
{
    [Fact]
    public void Two_cursors_see_the_same_messages_and_chunks_are_used_again()
    {
        Tape tape = new();
        for (int i = 0; i < 20_000; i++) tape.Nothing();
        ChunkQueue chunks = new(tape.Source(piece: 7));
        ChunkCursor slow = default, fast = default;
        int slowCount = 0, fastCount = 0;

        while (true)
        {
            ReadOnlySpan<byte> rest = chunks.Rest(ref fast);
            if (!rest.IsEmpty)
            {
                AssertMessage(tape, fastCount, rest);
                fast.Advance(64);
                fastCount++;
            }
            if (fastCount % 2_500 != 0 && !rest.IsEmpty) continue;
            while (slowCount < fastCount)      // the slow one catches up
            {
                AssertMessage(tape, slowCount, chunks.Rest(ref slow));
                slow.Advance(64);
                slowCount++;
            }
            chunks.Release(Math.Min(slow.Chunk, fast.Chunk));
            if (rest.IsEmpty) break;
        }

        Assert.Equal((20_000, 20_000), (slowCount, fastCount));
        Assert.Equal(20_000 * 64, fast.Position);
        Assert.InRange(chunks.ChunkCount, 1, 5);
    }

    [Fact]
    public void Empty_source_ends_at_once()
    {
        ChunkCursor cursor = default;
        ChunkQueue chunks = new(new Tape().Source());

        Assert.True(chunks.Rest(ref cursor).IsEmpty);
        Assert.True(chunks.Rest(ref cursor).IsEmpty);
    }

    private static void AssertMessage(Tape tape, int index, ReadOnlySpan<byte> rest) =>
        Assert.True(rest.Length >= 64 && Messages.Header(rest).EventTime == Messages.Header(tape.Messages[index]).EventTime, $"message {index}");
}
