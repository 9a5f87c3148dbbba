using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Fathom.Journal.Files;

/// <summary>
/// A bounded ring of blocks between the engine's thread, which fills them, and one thread that writes them. The engine never waits for a disk while a block is free; when none is,
/// it waits rather than lose a message. A failure of the writer surfaces on the engine's thread at its next block. Nothing is allocated after the start.
/// </summary>
/// <remarks>
/// Nobody is woken for one block: the writer looks for work every millisecond, and at once when half of the ring waits for it; so does the engine for a free block. To wake a thread is
/// a system call and, in a virtual machine, a message to another processor: once per block that costs the engine as much as to fill it (docs/decisions/014).
/// </remarks>
internal sealed class BlockRing : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Stack<MessageBlock> _free = new();      // the block that was written last is taken first: it is still in the caches
    private readonly Queue<MessageBlock> _filled = new();
    private readonly object _lock = new();
    private readonly int _half;
    private readonly Thread _thread;
    private volatile ExceptionDispatchInfo? _failure;
    private volatile bool _isAbandoned;
    private bool _isEnded;

    public BlockRing(int blocks, int blockLength)
    {
        _half = (blocks + 1) / 2;
        _filled.EnsureCapacity(blocks);
        for (int i = 0; i < blocks; i++) _free.Push(new MessageBlock(blockLength));
        _thread = new Thread(WriteOnWriterThread) { IsBackground = true, Name = "fathom recording" };
        _thread.Start();
    }

    /// <summary>An empty block, as soon as there is one.</summary>
    /// <exception cref="Domain.InputException">The writer could not write.</exception>
    public MessageBlock TakeFree()
    {
        lock (_lock)
        {
            MessageBlock? block;
            while (!_free.TryPop(out block)) Monitor.Wait(_lock, Pause);
            _failure?.Throw();
            return block;
        }
    }

    /// <summary>Hands a block over to be written.</summary>
    public void Hand(MessageBlock block)
    {
        lock (_lock)
        {
            _filled.Enqueue(block);
            if (_filled.Count == _half) Monitor.Pulse(_lock);
        }
    }

    /// <summary>Waits until everything that was handed over is written. Nothing is handed over afterwards.</summary>
    /// <exception cref="Domain.InputException">The writer could not write.</exception>
    public void Finish()
    {
        End();
        _failure?.Throw();
    }

    /// <summary>What was not written yet is not written any more.</summary>
    public void Dispose()
    {
        _isAbandoned = true;
        End();
    }

    private void End()
    {
        lock (_lock)
        {
            _isEnded = true;
            Monitor.Pulse(_lock);
        }
        _thread.Join();
    }

    private void WriteOnWriterThread()
    {
        while (TryTakeFilledOnWriterThread(out MessageBlock? block))
        {
            WriteOnWriterThread(block);
            block.Length = 0;
            lock (_lock)
            {
                _free.Push(block);
                if (_free.Count == _half) Monitor.Pulse(_lock);
            }
        }
    }

    /// <returns>False when everything is written and nothing comes any more.</returns>
    private bool TryTakeFilledOnWriterThread([NotNullWhen(true)] out MessageBlock? block)
    {
        lock (_lock)
        {
            while (!_filled.TryDequeue(out block))
            {
                if (_isEnded) return false;
                Monitor.Wait(_lock, Pause);
            }
            return true;
        }
    }

    /// <summary>After a failure the blocks go round unwritten: whoever waits for one must wake to learn of it.</summary>
    private void WriteOnWriterThread(MessageBlock block)
    {
        if (_failure is not null || _isAbandoned) return;
        try
        {
            block.Target!.Write(block.Content);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
